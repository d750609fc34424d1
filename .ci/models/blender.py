# Blender: imports the models and exports what it has; and a lattice of its own, bent by bones and keys.
import bpy
import numpy

# This Blender was written for an older numpy.
numpy.bool = bool


def empty():
    bpy.ops.wm.read_factory_settings(use_empty=True)


def save(name, **options):
    bpy.ops.export_scene.gltf(filepath=f'result/blender-{name}.glb', export_format='GLB', **options)


for name in ['tower', 'bend', 'swell', 'field', 'leaning', 'painted']:
    empty()
    bpy.ops.import_scene.gltf(filepath=f'source/{name}.gltf')
    save(name, export_current_frame=True)

empty()
bpy.ops.import_scene.gltf(filepath='source/painted.gltf')
bpy.ops.export_scene.gltf(filepath='result/blender-files-painted.gltf', export_format='GLTF_SEPARATE')
