// Babylon.js: loads the models without a screen, and exports what it has.
import { readFileSync, writeFileSync } from 'node:fs';
import { NullEngine, Scene, LoadAssetContainerAsync } from '@babylonjs/core';
import '@babylonjs/loaders/glTF/index.js';
import { GLTF2Export } from '@babylonjs/serializers/glTF/index.js';

globalThis.XMLHttpRequest ??= class {};
for (const name of ['tower', 'bend', 'swell', 'field']) {
  const scene = new Scene(new NullEngine());
  scene.useRightHandedSystem = true;
  const source = 'data:model/gltf+json;base64,' + readFileSync(`source/${name}.gltf`).toString('base64');
  (await LoadAssetContainerAsync(source, scene, { pluginExtension: '.gltf', pluginOptions: { gltf: { animationStartMode: 0 } } })).addAllToScene();
  const { files } = await GLTF2Export.GLBAsync(scene, name);
  writeFileSync(`result/babylon-${name}.glb`, Buffer.from(await Object.values(files)[0].arrayBuffer()));
}
process.exit(0);
