"""What keeps the house from being lost: a backup that can be taken while it works, and the way back from one."""
