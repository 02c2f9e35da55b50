"""Runs this runtime and diffusers alternately on the same weights and inputs; prints the ratios.

A ratio below one means that this runtime is faster, or needs less memory.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import time

INFERENCE = ["unet1", "unet2", "vae", "pipeline"]
VIDEO = ["wan-tiny", "wan-block", "wan-vae"]
NAMES = {
    "load": "load the UNet, each weight read once",
    "unet1": "UNet forward, 64x64 latents, batch 1",
    "unet2": "UNet forward, 64x64 latents, batch 2",
    "vae": "VAE decode, 512x512",
    "pipeline": "pipeline, 4 steps, 512x512",
    "lora": "LoRA step, rank 16, batch 1",
    "dreambooth": "DreamBooth step, batch 1 + 1",
    "image": "process start to first image",
    "wan-tiny": "Wan forward, samples/video's, 16 films",
    "wan-block": "Wan forward, 1.3B's, 2 of 30 blocks",
    "wan-vae": "Wan VAE decode, 17 frames of 128x128",
}
# Relative; both compute in the same precision but in another order.
TOLERANCE = {"float32": 1e-3, "bfloat16": 3e-2, "float16": 1e-2}


# What the runtime's image and the workstation set for every pod (docs/reference/environment.md).
POD = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "100000000000",
}


class Side:
    """A process that does work when it is told to."""

    def __init__(self, command, environment):
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )

    def ask(self, work):
        self.process.stdin.write(work + "\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("= "):
                _, _, value, check = line.split()
                return float(value), float(check)
        raise SystemExit(f"{self.process.args[0]} ended during {work}")

    def turn(self, work):
        """As often as half a second holds: the work before may still hold a processor."""
        values = []
        while sum(values) < 0.5:
            value, check = self.ask(work)
            values.append(value)
        return statistics.median(values), check

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Comparison:
    def __init__(self, ours, theirs, tolerance, malloc):
        self.commands = ((ours, POD), (theirs, POD if malloc == "both" else {}))
        self.tolerance = tolerance
        self.times = {}
        self.checks = {}
        self.peaks = {}

    def record(self, work, side, seconds, check):
        self.times.setdefault(work, ([], []))[side].append(seconds)
        self.checks.setdefault(work, [None, None])
        if self.checks[work][side] is None:
            self.checks[work][side] = check

    def together(self, works, rounds, warm):
        """Both processes live on; in each round both do each work, the first one by turns.

        Before, each does the work once and goes on for as many seconds: the JVM compiles what it
        runs, on the processors that the work is measured on.
        """
        sides = [Side(*command) for command in self.commands]
        for work in works:
            for number, side in enumerate(sides):
                self.checks.setdefault(work, [None, None])[number] = side.ask(work)[1]
                end = time.perf_counter() + warm
                while time.perf_counter() < end:
                    side.ask(work)
            for turn in range(rounds):
                order = (0, 1) if turn % 2 == 0 else (1, 0)
                for number in order:
                    self.record(work, number, *sides[number].turn(work))
        for number, side in enumerate(sides):
            self.peaks.setdefault(works[-1], [0, 0])[number] = side.ask("peak")[0]
            side.close()

    def alone(self, work, rounds, repeats):
        """One process at a time, for work whose memory there is only once."""
        for turn in range(rounds):
            order = (0, 1) if turn % 2 == 0 else (1, 0)
            for number in order:
                start = time.perf_counter()
                side = Side(*self.commands[number])
                seconds, check = side.ask(work)
                if work == "image":
                    self.record(work, number, time.perf_counter() - start, check)
                else:
                    self.checks.setdefault(work, [check, check])[number] = check
                for _ in range(repeats):
                    self.record(work, number, *side.ask(work))
                peak = self.peaks.setdefault(work, [0, 0])
                peak[number] = max(peak[number], side.ask("peak")[0])
                side.close()

    def table(self, weights):
        print(f"\n{'work':42} {'ours':>10} {'diffusers':>10}  ratio [lowest - highest]")
        wrong = []
        for work, (ours, theirs) in self.times.items():
            ratios = sorted(a / b for a, b in zip(ours, theirs))
            print(
                f"{NAMES[work]:42} {seconds(ours):>10} {seconds(theirs):>10}"
                f"  {statistics.median(ratios):.2f} [{ratios[0]:.2f} - {ratios[-1]:.2f}]"
            )
            a, b = self.checks[work]
            if not abs(a - b) <= self.tolerance * max(abs(a), abs(b)):
                wrong.append(f"{NAMES[work]}: {a} against {b}")
        if "load" in self.times:
            ours, theirs = (
                weights / statistics.median(times) / 1e9 for times in self.times["load"]
            )
            print(f"{'weights loaded per second':42} {ours:>7.2f} GB {theirs:>7.2f} GB")
        for work, (ours, theirs) in self.peaks.items():
            name = f"peak memory: {NAMES[work].split(',')[0]}"
            print(f"{name:42} {ours / 1e9:>7.2f} GB {theirs / 1e9:>7.2f} GB  {ours / theirs:.2f}")
        for line in wrong:
            print("DIFFERENT RESULTS: " + line)
        return 1 if wrong else 0


def seconds(times):
    median = statistics.median(times)
    if median >= 1:
        return f"{median:.2f} s"
    return f"{1000 * median:.0f} ms" if median >= 0.1 else f"{1000 * median:.1f} ms"


def main():
    parser = argparse.ArgumentParser(prog="benchmarks/run", description=__doc__)
    parser.add_argument("--size", choices=["small", "full"], default="full")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument(
        "--warm", type=float, default=3, help="seconds of each work that do not count, 3 by default"
    )
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument(
        "--precision", choices=list(TOLERANCE), default="float32", help="of the denoisers"
    )
    parser.add_argument(
        "--malloc",
        choices=["ours", "both"],
        default="ours",
        help="who gets the settings of malloc that every pod of this runtime has",
    )
    parser.add_argument("--only", help="works, separated by commas: " + ", ".join(NAMES))
    parser.add_argument("--classpath", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--work", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--tokenizer", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    chosen = options.only.split(",") if options.only else list(NAMES)
    unknown = [work for work in chosen if work not in NAMES]
    if unknown:
        parser.error("unknown work " + ", ".join(unknown))

    import model

    folder = options.work / options.size
    model.make(folder, options.size, options.tokenizer)
    if set(chosen) & set(VIDEO):
        model.make_video(options.work / "video")
    java = os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java"
    ours = [
        java,
        "-cp",
        options.classpath.read_text(),
        "dev.atelier.runtime.benchmark.Peer",
        str(folder),
    ]
    theirs = [sys.executable, str(pathlib.Path(__file__).with_name("peer.py")), str(folder)]
    for side in (ours, theirs):
        side += [options.device, options.precision.upper()]
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} processors, load {load:.1f} before the start")
    if load > 0.5:
        print("The machine is busy: read ratios, not times, and repeat it when it is quiet.")
    comparison = Comparison(ours, theirs, TOLERANCE[options.precision], options.malloc)
    for group in (["load"], INFERENCE, VIDEO, ["lora"]):
        works = [work for work in group if work in chosen]
        if works:
            comparison.together(works, options.rounds, options.warm)
    if "dreambooth" in chosen:
        comparison.alone("dreambooth", max(1, options.rounds // 2), 2)
    if "image" in chosen:
        comparison.alone("image", max(1, options.rounds // 2), 0)
    weights = (folder / "unet" / "diffusion_pytorch_model.safetensors").stat().st_size
    sys.exit(comparison.table(weights))


main()
