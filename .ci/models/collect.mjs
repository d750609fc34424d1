// Takes the results to the tests: node collect.mjs FOLDER
// models.json has for each file the known bounds and what the validator says.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import validator from 'gltf-validator';

const folder = process.argv[2];
const bounds = JSON.parse(readFileSync('source/bounds.json'));
mkdirSync(folder, { recursive: true });
readdirSync(folder).filter((file) => !file.endsWith('.cs')).forEach((file) => rmSync(join(folder, file)));
// What a tool itself loses on the way, as seen in the text that it writes. A tolerance is in metres.
const single = { change: 'the tool writes translations in single precision', tolerance: 0.25 };
const shear = { change: 'position, rotation and scale cannot say the shear; the nearest is taken', tolerance: 0.5 };
const small = { change: 'positions are whole numbers of 14 or 16 bits', tolerance: 0.02 };
const changes = {
  'assimp-earth.glb': single, 'gltfpack-earth.glb': single, 'sharpgltf-earth.glb': single,
  'assimp-swell.glb': { change: 'the tool writes the morph targets without their weights', bounds: 'swell-at-rest' },
};
const models = [];
for (const file of readdirSync('result').sort()) {
  const model = Object.keys(bounds).find((name) => file.includes(`-${name}.`));
  copyFileSync(join('result', file), join(folder, file));
  if (!/\.(glb|gltf)$/.test(file)) continue;
  const bytes = new Uint8Array(readFileSync(join('result', file)));
  const report = await validator.validateBytes(bytes, {
    uri: file, maxIssues: 20, externalResourceFunction: (uri) => Promise.resolve(new Uint8Array(readFileSync(join('result', decodeURIComponent(uri))))),
  });
  const errors = [...new Set(report.issues.messages.filter((issue) => issue.severity === 0).map((issue) => issue.code))];
  const required = report.info?.extensionsRequired ?? [];
  const change = changes[file] ?? (model === 'leaning' ? shear : required.includes('KHR_mesh_quantization') ? small : {});
  models.push({ file, model, ...bounds[change.bounds ?? model], change: change.change, tolerance: change.tolerance, extensions: report.info?.extensionsUsed ?? [], required, errors });
}
writeFileSync(join(folder, 'models.json'), '[\n' + models.map((model) => JSON.stringify(model)).join(',\n') + '\n]\n');
