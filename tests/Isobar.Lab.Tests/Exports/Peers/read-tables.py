"""Reads the tables of an export with the csv module: widths, numbers, and the sum of each column of numbers. Checks the Battery Data Format where a file is one."""
import csv
import json
import sys

answer = {}
for path in sys.argv[1:]:
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    heading, body = rows[0], rows[1:]
    wrong = ["row %d has %d fields" % (i, len(row)) for i, row in enumerate(body) if len(row) != len(heading)]
    if path.endswith(".bdf.csv"):
        wrong += [name + " is missing" for name in ("Test Time / s", "Voltage / V", "Current / A") if name not in heading]
        times = [float(row[heading.index("Test Time / s")]) for row in body]
        unix = [float(row[heading.index("Unix Time / s")]) for row in body]
        wrong += ["time goes back"] if times != sorted(times) else []
        wrong += ["elapsed and Unix time differ"] if any(abs((b - unix[0]) - (a - times[0])) > 1e-3 for a, b in zip(times, unix)) else []
        wrong += ["%s has no unit" % name for name in heading if " / " not in name]
    number = [i for i, name in enumerate(heading) if name.endswith(("_s", "_Pa", "_N", "_m"))]
    sums = {heading[i]: sum(float(row[i]) for row in body if row[i] not in ("", "NaN")) for i in number}
    answer[path.replace("\\", "/").split("/")[-1]] = {"rows": len(body), "wrong": wrong, "sums": sums}
print(json.dumps(answer))
