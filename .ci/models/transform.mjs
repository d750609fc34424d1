// glTF-Transform: what its functions make of the models.
import { Logger, NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { dedup, draco, instance, meshopt, quantize, sparse, textureCompress, unweld, weld } from '@gltf-transform/functions';
import { MeshoptDecoder, MeshoptEncoder } from 'meshoptimizer';
import draco3d from 'draco3dgltf';
import sharp from 'sharp';

await MeshoptDecoder.ready;
await MeshoptEncoder.ready;
const io = new NodeIO().setLogger(new Logger(Logger.Verbosity.SILENT)).registerExtensions(ALL_EXTENSIONS).registerDependencies({
  'meshopt.decoder': MeshoptDecoder, 'meshopt.encoder': MeshoptEncoder,
  'draco3d.encoder': await draco3d.createEncoderModule(), 'draco3d.decoder': await draco3d.createDecoderModule(),
});
const names = ['tower', 'bend', 'swell', 'field', 'earth', 'leaning', 'painted'];
const write = async (name, kind, ...transforms) => {
  const document = await io.read(`source/${name}.gltf`);
  document.setLogger(new Logger(Logger.Verbosity.SILENT));
  await document.transform(...transforms);
  await io.write(`result/gltf-transform-${kind}-${name}.glb`, document);
};
for (const name of names) await write(name, 'quantize', quantize());
for (const name of ['bend', 'swell', 'tower']) await write(name, 'sparse', sparse({ ratio: 1 }));
await write('field', 'instance', dedup(), instance({ min: 2 }));
await write('tower', 'draco', draco());
await write('tower', 'meshopt', meshopt({ encoder: MeshoptEncoder }));
await write('painted', 'webp', textureCompress({ encoder: sharp, targetFormat: 'webp' }));
await write('swell', 'unweld', unweld(), weld());
