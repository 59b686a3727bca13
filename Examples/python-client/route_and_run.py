#!/usr/bin/env python3
"""Routes a request, shows the plan, runs it, and asks you before anything is destroyed.

    python3 route_and_run.py --token TOKEN "Read notes.txt and delete the file old.txt"
"""

import argparse
import os
import sys
import uuid

from skillweaver import Client, ServiceError


def show(plan):
    for step in plan["steps"]:
        tool = f"{step['skill']}.{step['tool']}" if step["skill"] else "nothing fits: " + step.get("reason", "")
        after = f" after {', '.join(step['depends_on'])}" if step["depends_on"] else ""
        print(f"{step['id']}  {step['subtask']}  →  {tool}{after}")


def answers(plan, ask):
    """What the request left open, asked before the run begins."""
    return {f"{q['step']}.{q['argument']}": ask(q["text"] + " ") for q in plan["questions"]}


def decide(client, run, ask):
    """Answers everything the run asks now."""
    for question in client.run(run)["questions"]:
        print(f"? {question['tool']} {question['arguments']}")
        if question["kind"] == "argument":
            value = ask(question["text"] + " ")
            client.answer(run, values={f"{question['task']}.{question['argument']}": value})
        elif ask(question["text"] + " [y/n] ").lower().startswith("y"):
            client.answer(run, approve=[question["task"]])
        else:
            client.answer(run, deny=[question["task"]])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("request")
    parser.add_argument("--address", default="http://127.0.0.1:8420")
    parser.add_argument("--token", default=os.environ.get("SKILLWEAVER_TOKEN"), help="default: $SKILLWEAVER_TOKEN")
    parser.add_argument("--yes", action="store_true", help="approve everything")
    options = parser.parse_args()
    client = Client(options.address, options.token)

    def ask(text):
        if options.yes:
            print(text + "y")
            return "y"
        return input(text)

    plan = client.route(options.request)["plan"]
    show(plan)
    if not any(step["skill"] for step in plan["steps"]):
        return 3
    # A key of its own: should the answer get lost, the call can be made again.
    run = client.start(plan, answers(plan, ask), key=str(uuid.uuid4()))["run"]
    print(f"run {run}")
    for event in client.follow(run):
        print(f"  {event['sequence']:3} {event.get('task', ''):4} {event['sentence']}")
        if event["kind"] == "asked":
            decide(client, run, ask)
    ended = client.run(run)
    for step in ended["steps"]:
        print(f"{step['id']}  {step['state']}  {step['tools'][-1]}  {step['attempts']} attempts")
    print(ended["phase"])
    return 0 if ended["phase"] == "succeeded" else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ServiceError as error:
        sys.exit(f"error: {error}")
