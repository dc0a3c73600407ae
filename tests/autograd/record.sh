#!/bin/sh
# Records what PyTorch prints for each program here; run it where PyTorch is installed.
cd "$(dirname "$0")/programs" || exit 1
for f in *.py; do python3 -W ignore "$f" > "${f%.py}.out" 2>/dev/null; done
