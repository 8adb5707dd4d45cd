#!/bin/sh
# A camera for `latchkey rig --camera examples/camera-ffmpeg.sh`: JPEG pictures on standard output, one after the other.
# This one is ffmpeg's test source, ten pictures a second; `-re` keeps it from running ahead of the clock.
#
# For a USB camera that makes JPEGs itself, take instead:
#   exec ffmpeg -nostdin -loglevel error -f v4l2 -input_format mjpeg -framerate 10 -i /dev/video0 -c copy -f mjpeg -
exec ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc=size=640x480:rate=10 -q:v 5 -f mjpeg -
