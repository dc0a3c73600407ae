"""Five programs of scalars, without tensors, that spend their time in the interpreter. Each counts its own rounds.

`python3 bench/scalar_loops.py > bench/scalar_loops.json` times them under PyTorch's TorchScript interpreter, in ns per
round: the median of five calls, after one call of all rounds and two of a tenth, on one thread.
"""

from typing import Dict, List


def integers(n: int) -> int:
    total = 0
    for i in range(n):
        if i % 3 == 0:
            total += i * 2
        else:
            total -= i
        if total > 1000000:
            total -= 1000000
    return total


def mandelbrot(n: int) -> int:
    rounds = 0
    row = 0
    while rounds < n:
        ci = float(row % 64) / 32.0 - 1.0
        for column in range(64):
            cr = float(column) / 24.0 - 2.0
            x = 0.0
            y = 0.0
            k = 0
            while k < 100 and x * x + y * y < 4.0:
                x, y = x * x - y * y + cr, 2.0 * x * y + ci
                k += 1
            rounds += k
        row += 1
    return rounds


def lists(n: int) -> int:
    total = 0
    squares: List[int] = []
    for i in range(n):
        if len(squares) == 1000:
            for s in squares:
                total += s
            squares.clear()
        squares.append(i * i % 1009)
        total += squares[i % len(squares)]
    return total


def strings(n: int) -> int:
    total = 0
    line = ""
    for i in range(n):
        line += "ab" if i % 2 == 0 else str(i % 10)
        if len(line) > 80:
            total += len(line)
            line = ""
    return total


def counting(n: int) -> int:
    counts: Dict[int, int] = {}
    for i in range(n):
        key = i * 7919 % 251
        if key in counts:
            counts[key] += 1
        else:
            counts[key] = 1
    best = 0
    for key in counts:
        best = max(best, counts[key])
    return best


if __name__ == "__main__":
    import json
    import platform
    import time

    import torch

    def processor() -> str:
        try:
            with open("/proc/cpuinfo") as f:
                return next((line.split(":")[1].strip() for line in f if line.startswith("model name")), "")
        except OSError:
            return ""

    torch.set_num_threads(1)
    result = {"pytorch": torch.__version__, "machine": processor() or platform.processor()}
    for function, rounds in [
        (integers, 1000000),
        (mandelbrot, 300000),
        (lists, 500000),
        (strings, 500000),
        (counting, 500000),
    ]:
        scripted = torch.jit.script(function)
        value = scripted(rounds)
        assert value == function(rounds), (function.__name__, value)
        for _ in range(2):
            scripted(rounds // 10)
        times = []
        for _ in range(5):
            began = time.perf_counter()
            scripted(rounds)
            times.append(time.perf_counter() - began)
        result[function.__name__] = {
            "rounds": rounds,
            "value": value,
            "ns per round": round(sorted(times)[2] / rounds * 1e9, 1),
        }
    print(json.dumps(result, indent=2))
