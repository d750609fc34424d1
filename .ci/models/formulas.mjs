// Models from formulas, with the bounds that follow from the same formulas: node formulas.mjs FOLDER
// Writes NAME.gltf (everything embedded), painted.obj with its material and picture, and bounds.json.
import { writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { join } from 'node:path';

const folder = process.argv[2];
const bounds = {};

// --- small mathematics, in double precision ---
const multiplyQuaternions = ([ax, ay, az, aw], [bx, by, bz, bw]) => [
  aw * bx + ax * bw + ay * bz - az * by, aw * by - ax * bz + ay * bw + az * bx, aw * bz + ax * by - ay * bx + az * bw, aw * bw - ax * bx - ay * by - az * bz];
const turn = (axis, degrees) => {
  const length = Math.hypot(...axis), half = (degrees * Math.PI) / 360;
  return [...axis.map((value) => (value / length) * Math.sin(half)), Math.cos(half)];
};
const compose = ({ translation = [0, 0, 0], rotation = [0, 0, 0, 1], scale = [1, 1, 1] }) => {
  const [x, y, z, w] = rotation;
  return [
    [(1 - 2 * (y * y + z * z)) * scale[0], (2 * (x * y - w * z)) * scale[1], (2 * (x * z + w * y)) * scale[2], translation[0]],
    [(2 * (x * y + w * z)) * scale[0], (1 - 2 * (x * x + z * z)) * scale[1], (2 * (y * z - w * x)) * scale[2], translation[1]],
    [(2 * (x * z - w * y)) * scale[0], (2 * (y * z + w * x)) * scale[1], (1 - 2 * (x * x + y * y)) * scale[2], translation[2]],
    [0, 0, 0, 1]];
};
const multiply = (a, b) => a.map((row) => [0, 1, 2, 3].map((column) => row.reduce((sum, value, k) => sum + value * b[k][column], 0)));
const apply = (m, [x, y, z]) => [0, 1, 2].map((i) => m[i][0] * x + m[i][1] * y + m[i][2] * z + m[i][3]);
const single = (points) => points.map((point) => point.map(Math.fround));
const boxOf = (points) => ({ min: [0, 1, 2].map((i) => Math.min(...points.map((p) => p[i]))), max: [0, 1, 2].map((i) => Math.max(...points.map((p) => p[i]))) });

// --- shapes ---
function grid(rows, columns, at) {
  const positions = [], coordinates = [], indices = [];
  for (let i = 0; i <= rows; i++) {
    for (let j = 0; j <= columns; j++) {
      positions.push(at(i / rows, j / columns));
      coordinates.push([j / columns, i / rows]);
    }
  }
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const a = i * (columns + 1) + j, b = a + columns + 1;
      indices.push(a, b, a + 1, a + 1, b, b + 1);
    }
  }
  return { positions: single(positions), coordinates, indices };
}
const torus = (large, small) => grid(16, 10, (u, v) => {
  const a = 2 * Math.PI * u, b = 2 * Math.PI * v;
  return [(large + small * Math.cos(b)) * Math.cos(a), small * Math.sin(b), (large + small * Math.cos(b)) * Math.sin(a)];
});
const beam = (radius, length) => grid(12, 8, (u, v) => [radius * Math.cos(2 * Math.PI * v), length * u, -radius * Math.sin(2 * Math.PI * v)]);

// --- files ---
class File {
  constructor() {
    this.bytes = [];
    this.length = 0;
    this.json = { asset: { version: '2.0', generator: 'formulas.mjs' }, scene: 0, scenes: [{ nodes: [] }], nodes: [], meshes: [], accessors: [], bufferViews: [], buffers: [] };
  }

  view(buffer, target) {
    this.json.bufferViews.push({ buffer: 0, byteOffset: this.length, byteLength: buffer.length, ...(target ? { target } : {}) });
    const padded = Buffer.concat([buffer, Buffer.alloc((4 - (buffer.length % 4)) % 4)]);
    this.bytes.push(padded);
    this.length += padded.length;
    return this.json.bufferViews.length - 1;
  }

  accessor(rows, type, ArrayType, componentType, target, extra = {}) {
    const numbers = ArrayType.from(rows.flat());
    const bufferView = this.view(Buffer.from(numbers.buffer), target);
    const width = numbers.length / rows.length;
    const columns = [...Array(width).keys()].map((c) => rows.map((row) => Math.fround(width === 1 ? [row].flat()[0] : row[c])));
    const range = type === 'VEC3' || type === 'SCALAR' ? { min: columns.map((c) => Math.min(...c)), max: columns.map((c) => Math.max(...c)) } : {};
    this.json.accessors.push({ bufferView, componentType, count: rows.length, type, ...range, ...extra });
    return this.json.accessors.length - 1;
  }

  floats(rows, type, target = 34962) { return this.accessor(rows, type, Float32Array, 5126, target); }

  primitive(shape, extra = {}) {
    return {
      attributes: { POSITION: this.floats(shape.positions, 'VEC3'), TEXCOORD_0: this.floats(shape.coordinates, 'VEC2'), ...extra },
      indices: this.accessor(shape.indices, 'SCALAR', Uint16Array, 5123, 34963),
    };
  }

  mesh(name, primitive, extra = {}) {
    this.json.meshes.push({ name, primitives: [primitive], ...extra });
    return this.json.meshes.length - 1;
  }

  node(node, parent = -1) {
    const index = this.json.nodes.push(node) - 1;
    if (parent < 0) this.json.scenes[0].nodes.push(index);
    else (this.json.nodes[parent].children ??= []).push(index);
    return index;
  }

  save(name, points) {
    const binary = Buffer.concat(this.bytes);
    this.json.buffers = [{ byteLength: binary.length, uri: 'data:application/octet-stream;base64,' + binary.toString('base64') }];
    writeFileSync(join(folder, name + '.gltf'), JSON.stringify(this.json));
    bounds[name] = { ...boxOf(points) };
  }
}

// Nodes below nodes, turned and scaled unevenly.
{
  const file = new File(), ring = torus(1, 0.3);
  const mesh = file.mesh('Ring', file.primitive(ring));
  const parts = [
    { name: 'Base', translation: [3, 1, -2], rotation: turn([1, 2, 3], 40), scale: [2, 1, 0.5], mesh },
    { name: 'Arm', translation: [0, 2, 0], rotation: turn([0, 0, 1], 75), scale: [0.5, 1.5, 1], mesh },
    { name: 'Hand', translation: [0.5, 1, 0.25], rotation: turn([1, 0, 0], -30), mesh },
  ];
  let world = compose({}), parent = -1;
  const points = [];
  for (const part of parts) {
    parent = file.node(part, parent);
    world = multiply(world, compose(part));
    points.push(...ring.positions.map((p) => apply(world, p)));
  }
  file.save('tower', points);
}

// A beam that four joints bend. Its own node stands elsewhere, which must not count.
{
  const file = new File(), shape = beam(0.25, 3), joints = 4, step = 1;
  const weights = shape.positions.map(([, y]) => [0, 1, 2, 3].map((j) => Math.max(0, 1 - Math.abs(y / step - j))).map(Math.fround));
  const mesh = file.mesh('Beam', file.primitive(shape, {
    JOINTS_0: file.accessor(shape.positions.map(() => [0, 1, 2, 3]), 'VEC4', Uint8Array, 5121, 34962),
    WEIGHTS_0: file.floats(weights, 'VEC4'),
  }));
  const places = [{ name: 'Root', translation: [1, 2, 3], rotation: turn([0, 1, 0], 30) }, ...[1, 2, 3].map((j) => ({ name: 'Joint' + j, translation: [0, step, 0], rotation: turn([0, 0, 1], 20) }))];
  let world = compose({}), parent = -1;
  const matrices = [], skeleton = [];
  places.forEach((place, j) => {
    parent = file.node(place, parent);
    skeleton.push(parent);
    world = multiply(world, compose(place));
    matrices.push(multiply(world, compose({ translation: [0, -step * j, 0] })));
  });
  const binds = [0, 1, 2, 3].map((j) => [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, -step * j, 0, 1]);
  file.json.skins = [{ inverseBindMatrices: file.accessor(binds, 'MAT4', Float32Array, 5126), joints: skeleton, skeleton: skeleton[0] }];
  file.node({ name: 'Moved', translation: [7, 8, 9], scale: [2, 2, 2], mesh, skin: 0 });
  file.save('bend', shape.positions.map((p, i) => {
    const total = weights[i].reduce((a, b) => a + b, 0);
    return [0, 1, 2].map((c) => matrices.reduce((sum, m, j) => sum + (weights[i][j] / total) * apply(m, p)[c], 0));
  }));
}

// Two morph targets that are on from the start.
{
  const file = new File(), shape = torus(1, 0.3);
  const targets = [shape.positions.map(([x, , z]) => [x, 0, z]), shape.positions.map(([, y]) => [0, 4 * y, 0])].map(single);
  const primitive = { ...file.primitive(shape), targets: targets.map((target) => ({ POSITION: file.floats(target, 'VEC3') })) };
  const mesh = file.mesh('Swollen', primitive, { weights: [0.5, 0.25], extras: { targetNames: ['wide', 'high'] } });
  file.node({ name: 'Swollen', translation: [0, 1, 0], mesh });
  file.save('swell', shape.positions.map((p, i) => [0, 1, 2].map((c) => p[c] + 0.5 * targets[0][i][c] + 0.25 * targets[1][i][c] + (c === 1 ? 1 : 0))));
  bounds['swell-at-rest'] = boxOf(shape.positions.map(([x, y, z]) => [x, y + 1, z]));
}

// Many nodes with one mesh.
{
  const file = new File(), ring = torus(0.5, 0.2), points = [];
  const mesh = file.mesh('Plant', file.primitive(ring));
  for (let i = 0; i < 25; i++) {
    const place = { translation: [3 * (i % 5), 0.1 * i, 3 * Math.floor(i / 5)], rotation: turn([0.2, 1, 0.1], 14 * i), scale: [1, 1 + 0.05 * i, 1] };
    file.node({ name: 'Plant' + i, ...place, mesh });
    points.push(...ring.positions.map((p) => apply(compose(place), p)));
  }
  file.save('field', points);
}

// On the earth: metres from its centre, turned so that up is up there.
{
  const file = new File(), ring = torus(5, 1);
  const mesh = file.mesh('Place', file.primitive(ring));
  const place = { name: 'Earth', translation: [1215012.8988049095, -4736313.0423059145, 4081604.3368623317], rotation: multiplyQuaternions(turn([0, 0, 1], 104.387), turn([1, 0, 0], 50.05)) };
  const parent = file.node(place);
  const near = { name: 'Near', translation: [120.25, 30.5, -7.125], mesh };
  file.node(near, parent);
  const world = multiply(compose(place), compose(near));
  file.save('earth', ring.positions.map((p) => apply(world, p)));
}

// A matrix with a shear. Position, rotation and scale cannot say it; what is left is within its size.
{
  const file = new File(), ring = torus(1, 0.3), cosine = Math.cos(Math.PI / 6), sine = Math.sin(Math.PI / 6), shear = 0.15;
  const mesh = file.mesh('Leaning', file.primitive(ring));
  const matrix = [cosine, sine, 0, 0, shear * cosine - sine, shear * sine + cosine, 0, 0, 0, 0, 1, 0, 2, 0, 0, 1];
  file.node({ name: 'Leaning', matrix, mesh });
  const rows = [0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((column) => matrix[4 * column + row]));
  file.save('leaning', ring.positions.map((p) => apply(rows, p)));
}

// A picture, moved on its surface, and colours of corners.
{
  const file = new File(), wave = grid(10, 10, (u, v) => [4 * (v - 0.5), 0.5 * Math.sin(6 * u) * Math.cos(5 * v), 4 * (u - 0.5)]);
  const view = file.view(png(16, 16));
  file.json.images = [{ name: 'Squares', bufferView: view, mimeType: 'image/png' }];
  file.json.samplers = [{ magFilter: 9729, minFilter: 9729, wrapS: 33648, wrapT: 33071 }];
  file.json.textures = [{ source: 0, sampler: 0 }];
  file.json.materials = [{ name: 'Squares', doubleSided: true, pbrMetallicRoughness: { baseColorTexture: { index: 0, extensions: { KHR_texture_transform: { offset: [0.25, 0], scale: [2, 2], rotation: 0.3 } } }, metallicFactor: 0 } }];
  file.json.extensionsUsed = ['KHR_texture_transform'];
  const colors = file.accessor(wave.positions.map(([x]) => [255, Math.round(127 + 30 * x), 128, 255]), 'VEC4', Uint8Array, 5121, 34962, { normalized: true });
  const mesh = file.mesh('Wave', { ...file.primitive(wave, { COLOR_0: colors }), material: 0 });
  file.node({ name: 'Wave', mesh });
  file.save('painted', wave.positions);
  writeFileSync(join(folder, 'painted.png'), png(16, 16));
  writeFileSync(join(folder, 'painted.mtl'), 'newmtl Squares\nKd 1 1 1\nmap_Kd painted.png\n');
  writeFileSync(join(folder, 'painted.obj'), [
    'mtllib painted.mtl', 'o Wave',
    ...wave.positions.map((p) => 'v ' + p.join(' ')), ...wave.coordinates.map(([u, v]) => `vt ${u} ${1 - v}`), 'usemtl Squares',
    ...[...Array(wave.indices.length / 3).keys()].map((t) => 'f ' + wave.indices.slice(3 * t, 3 * t + 3).map((i) => `${i + 1}/${i + 1}`).join(' ')), ''].join('\n'));
}

function png(width, height) {
  const rows = Buffer.concat([...Array(height).keys()].map((y) => Buffer.from([0, ...[...Array(width).keys()].flatMap((x) => ((x >> 2) + (y >> 2)) % 2 ? [240, 200, 40] : [40, 80, 200])])));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type, content) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]), length = Buffer.alloc(4), check = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  let crc = 0xffffffff;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  check.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
  return Buffer.concat([length, body, check]);
}

writeFileSync(join(folder, 'bounds.json'), JSON.stringify(bounds, null, 1));
