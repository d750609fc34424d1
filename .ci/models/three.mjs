// three.js: loads the models, and exports what it has.
import { readFileSync, writeFileSync } from 'node:fs';
import * as THREE from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { GLTFExporter } from 'three/addons/exporters/GLTFExporter.js';

globalThis.self = globalThis;
globalThis.ProgressEvent ??= class extends Event {};
globalThis.FileReader = class {
  readAsArrayBuffer(blob) { blob.arrayBuffer().then((buffer) => { this.result = buffer; this.onloadend(); }); }

  readAsDataURL(blob) {
    blob.arrayBuffer().then((buffer) => { this.result = `data:${blob.type};base64,${Buffer.from(buffer).toString('base64')}`; this.onloadend(); });
  }
};
const save = async (name, scene) => {
  scene.updateMatrixWorld(true);
  writeFileSync(`result/three-${name}.glb`, Buffer.from(await new GLTFExporter().parseAsync(scene, { binary: true })));
};

// Pictures need a browser; the others do not.
for (const name of ['tower', 'bend', 'swell', 'field', 'earth', 'leaning']) {
  await save(name, (await new GLTFLoader().parseAsync(readFileSync(`source/${name}.gltf`, 'utf8'), '')).scene);
}

// Its own way to say many of one: an InstancedMesh.
const { scene } = await new GLTFLoader().parseAsync(readFileSync('source/field.gltf', 'utf8'), '');
const plants = [...scene.children];
const many = new THREE.InstancedMesh(plants[0].geometry, plants[0].material, plants.length);
many.name = 'Plants';
plants.forEach((plant, i) => { plant.updateMatrix(); many.setMatrixAt(i, plant.matrix); });
const field = new THREE.Scene();
field.add(many);
await save('instances-field', field);
