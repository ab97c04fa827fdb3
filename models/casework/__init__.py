"""Every verb of the loop 受理-分办-整改-反馈-问效, one file per stage.

A verb writes state, history and promise in its caller's one transaction, and touches no provider and no queue.
"""
