"""Runs a Pulumi program like Pulumi's own language host for Python. What it needs to know is in the environment.

https://github.com/pulumi/pulumi/blob/master/sdk/python/cmd/pulumi-language-python-exec
"""

import asyncio
import logging
import os
import runpy
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor

# The engine holds the other end of this file, which the system closes when the engine has ended in any way.
LIFELINE = 3


def end_with_engine():
    try:
        os.read(LIFELINE, 1)
    except OSError:
        return
    os._exit(1)


threading.Thread(target=end_with_engine, daemon=True).start()

try:
    import pulumi
    import pulumi.runtime
except ImportError:
    sys.exit(f"{sys.executable} has no package pulumi: install it there, or name another virtualenv in Pulumi.yaml")

# By this exit code the engine knows that the error has been reported.
REPORTED = 32


def settings(environment):
    pulumi.runtime.set_all_config(pulumi.runtime.get_config_env(), pulumi.runtime.get_config_secret_keys_env())
    return pulumi.runtime.Settings(
        project=environment["PULUMI_PROJECT"],
        stack=environment["PULUMI_STACK"],
        organization=environment["PULUMI_ORGANIZATION"],
        root_directory=environment["PULUMI_ROOT_DIRECTORY"],
        parallel=int(environment["PULUMI_PARALLEL"]),
        dry_run=environment["PULUMI_DRY_RUN"] == "true",
        monitor=environment["PULUMI_MONITOR"],
        engine=environment["PULUMI_ENGINE"],
    )


def stack_of_program():
    """The stack of the error that is handled now, from the first line of the program on."""
    frames = traceback.extract_tb(sys.exc_info()[2])
    here = os.getcwd() + os.sep
    own = [frame.filename[0] != "<" and os.path.abspath(frame.filename).startswith(here) for frame in frames]
    first = own.index(True) if True in own else 0
    return traceback.format_exc(limit=first - len(frames))


def main(program):
    given = settings(os.environ)
    pulumi.runtime.configure(given)
    sys.argv = [program]
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    # The SDK keeps a thread for each request that waits for an answer.
    executor = ThreadPoolExecutor(max_workers=max(given.parallel, 1) * 4)
    loop.set_default_executor(executor)
    # After a failure, some outputs never get a value, and asyncio would complain about each.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    try:
        run = pulumi.runtime.run_in_stack(lambda: runpy.run_path(program, run_name="__main__"))
        loop.run_until_complete(run)
        return 0
    except pulumi.RunError as error:
        pulumi.log.error(str(error))
    except Exception:  # pylint: disable=broad-exception-caught
        pulumi.log.error("Program failed with an unhandled exception:\n" + stack_of_program())
    finally:
        executor.shutdown(wait=True)
        loop.close()
    return REPORTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
