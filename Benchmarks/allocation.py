"""Our allocation beside OR-tools' SimpleMinCostFlow: the same people, homes and areas, in one run.

engines.py calls `table`. Alone: python3 Benchmarks/allocation.py flow FILE solves a file with OR-tools and prints JSON.
Processor seconds; building the model and solving count on both sides, reading the file does not.
"""

import json
import os
import statistics
import subprocess
import sys
import time

KINDS, CAPS = ["random", "equal", "three", "ranks"], ["binding", "hard", "zero"]


def make(path, people, kind, caps):
    """People, a quarter as many homes, 25 to 30 edges a person, 800 neighbourhoods of three buildings in 40 municipalities."""
    import numpy as np
    dice = np.random.default_rng([people, KINDS.index(kind), CAPS.index(caps)])
    homes = people // 4
    parents = np.concatenate([np.zeros(40, int), 1 + dice.integers(0, 40, 800), 41 + np.repeat(np.arange(800), 3)])
    area_of_home = 841 + dice.integers(0, 2400, homes)
    inside = np.zeros(len(parents) + 1, int)
    np.add.at(inside, area_of_home, 1)
    for area in range(len(parents), 0, -1):
        inside[parents[area - 1]] += inside[area]
    # How much of what lies in an area may be filled; with "zero" many areas not at all.
    low, high = {"binding": (0.5, 0.9), "hard": (0.1, 0.4), "zero": (0.0, 0.6)}[caps]
    share = dice.uniform(low, high, len(parents))
    capacity = np.floor(inside[1:] * share + (0.5 if caps == "binding" else 0)).astype(int)
    counts = dice.integers(25, 31, people)
    person = np.repeat(np.arange(1, people + 1), counts)
    home = np.concatenate([1 + dice.choice(homes, count, replace=False, shuffle=False) for count in counts])
    size = len(person)
    rank = np.concatenate([dice.permutation(count) + 1 for count in counts])
    weight = {"random": dice.integers(0, 10**9, size), "equal": np.full(size, 7), "three": dice.integers(1, 4, size),
              "ranks": rank}[kind]
    with open(path, "w") as file:
        file.write(f"p alloc {people} {homes} {len(parents)} {size}\n")
        file.writelines(f"a {i + 1} {parents[i]} {capacity[i]}\n" for i in range(len(parents)))
        file.writelines(f"h {i + 1} {area}\n" for i, area in enumerate(area_of_home))
        file.writelines(f"e {p} {h} {w}\n" for p, h, w in zip(person.tolist(), home.tolist(), weight.tolist()))


def flow(path):
    import numpy as np
    from ortools.graph.python import min_cost_flow
    areas, area_of_home, edges = [], {}, []
    for line in open(path):
        word = line.split()
        if word[0] == "p":
            people, homes = int(word[2]), int(word[3])
        elif word[0] == "a":
            areas.append([int(x) for x in word[1:]])
        elif word[0] == "h":
            area_of_home[int(word[1])] = int(word[2])
        elif word[0] == "e":
            edges.append([int(x) for x in word[1:]])
    edges = np.array(edges, dtype=np.int64)
    began = time.process_time()
    source, sink, person, home = 0, 1, 2, 2 + people
    area = home + homes
    place = np.array([area_of_home.get(number, 0) for number in range(1, homes + 1)])
    tails = [np.full(people, source), person + edges[:, 0] - 1, home + np.arange(homes)]
    heads = [person + np.arange(people), home + edges[:, 1] - 1, np.where(place > 0, area + place - 1, sink)]
    rooms = [np.ones(people), np.ones(len(edges)), np.ones(homes)]
    costs = [np.zeros(people), -edges[:, 2], np.zeros(homes)]
    for number, parent, capacity in areas:
        tails.append([area + number - 1])
        heads.append([area + parent - 1 if parent else sink])
        rooms.append([capacity])
        costs.append([0])
    # Nobody has to be placed.
    for part, value in [(tails, source), (heads, sink), (rooms, people), (costs, 0)]:
        part.append([value])
    join = lambda parts, kind: np.concatenate(parts).astype(kind)
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        join(tails, np.int32), join(heads, np.int32), join(rooms, np.int64), join(costs, np.int64))
    solver.set_node_supply(source, people)
    solver.set_node_supply(sink, -people)
    status = solver.solve()
    assert status == solver.OPTIMAL, status
    return {"total": -solver.optimal_cost(), "seconds": time.process_time() - began}


def measured(command):
    """What a command prints, and the most memory it had, in MB."""
    # By way of a small process: what the parent of a process had counts for it.
    made = subprocess.run([sys.executable, __file__, "peak", *command], capture_output=True, text=True, check=True)
    return made.stdout, int(made.stderr.split()[-1]) / 1024


def peak(command):
    started = os.posix_spawn(command[0], command, os.environ)
    _, status, used = os.wait4(started, 0)
    print(used.ru_maxrss, file=sys.stderr)
    return os.waitstatus_to_exitcode(status)


def table(engines, geland, folder, sizes=(1000, 10_000, 100_000)):
    print("| Allocation: people, weights, caps | Ours | OR-tools | Share | Memory, MB | OR-tools | Reading | Re-solving |")
    print("|---|---|---|---|---|---|---|---|")
    for people in sizes:
        for kind in KINDS:
            for caps in CAPS:
                path = folder / "allocation.txt"
                make(path, people, kind, caps)
                mine = json.loads(measured([engines, "allocation", str(path)])[0])
                answer, memory = measured([geland, "allocate", str(path), "--json"])
                text, their_memory = measured([sys.executable, __file__, "flow", str(path)])
                theirs = json.loads(text)
                assert mine["proven"] == 1 and mine["total"] == theirs["total"] == json.loads(answer)["total"], (mine, theirs)
                again = max(mine["withdraw"], mine["decline"])
                print(f"| {people}, {kind}, {caps} | {mine['seconds']:.3f} s | {theirs['seconds']:.3f} s "
                      f"| {mine['seconds'] / theirs['seconds']:.0%} | {memory:.0f} | {their_memory:.0f} "
                      f"| {mine['reading']:.3f} s | {again / mine['seconds']:.1%} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "peak":
        sys.exit(peak(sys.argv[2:]))
    print(json.dumps(flow(sys.argv[2])))
