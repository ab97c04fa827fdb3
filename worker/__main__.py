"""What `xiangyin` starts: the command line, its many modules imported with the garbage collector at rest.

A quarter of every start was spent looking for garbage among what imports leave, of which there is none.
"""

import gc


def main() -> None:
    gc.disable()
    from worker.cli import main as command_line  # noqa: PLC0415 - what is to be imported at rest

    gc.freeze()  # nor is it looked through later, or copied for that in the processes that are forked
    gc.enable()
    command_line()


if __name__ == "__main__":
    main()
