# Contour's own image.
FROM ghcr.io/projectcontour/contour:v1.33.8
