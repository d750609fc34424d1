// Takes the results to the tests: node collect.mjs FOLDER
// models.json has for each file the known bounds and what the validator says.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import validator from 'gltf-validator';

const folder = process.argv[2];
const bounds = JSON.parse(readFileSync('source/bounds.json'));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
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
  models.push({ file, model, ...bounds[model], extensions: report.info?.extensionsUsed ?? [], required: report.info?.extensionsRequired ?? [], errors });
}
writeFileSync(join(folder, 'models.json'), '[\n' + models.map((model) => JSON.stringify(model)).join(',\n') + '\n]\n');
