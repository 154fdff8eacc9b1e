#!/usr/bin/env python3
"""Draws the placeholder of the app's icon: ios/settings/icon.py > ios/App/Assets.xcassets/AppIcon.appiconset/icon.png

Three bars on one ground, 1024 points a side, without transparency, as the App Store wants. An operator puts its own picture in
its place.
"""

import struct
import sys
import zlib

SIDE = 1024
GROUND = (0x0B, 0x6E, 0x6E)
BAR = (0xFF, 0xFF, 0xFF)
# Left edge and top of each bar; all end at the same foot.
BARS = [(272, 592), (448, 432), (624, 272)]
WIDTH = 128
FOOT = 752


def colour(x, y):
    for left, top in BARS:
        if left <= x < left + WIDTH and top <= y < FOOT:
            return BAR
    return GROUND


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


rows = b"".join(b"\0" + b"".join(bytes(colour(x, y)) for x in range(SIDE)) for y in range(SIDE))
header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
sys.stdout.buffer.write(
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))
