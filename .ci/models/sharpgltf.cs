#:package SharpGLTF.Core@1.0.7
#:property PublishAot=false
// SharpGLTF: loads the models, lays out their buffers anew, and writes them; and many of one as it says it.
using System.Numerics;
using SharpGLTF.Schema2;

foreach (string name in new[] { "tower", "bend", "swell", "field", "earth", "leaning", "painted" })
{
    ModelRoot model = ModelRoot.Load($"source/{name}.gltf");
    model.MergeBuffers();
    model.SaveGLB($"result/sharpgltf-{name}.glb");
}

ModelRoot field = ModelRoot.Load("source/field.gltf");
Node[] plants = [.. field.DefaultScene.VisualChildren];
MeshGpuInstancing many = plants[0].UseGpuInstancing();
many.SetAccessor("TRANSLATION", Write(DimensionType.VEC3, plants, plant => [plant.LocalTransform.Translation.X, plant.LocalTransform.Translation.Y, plant.LocalTransform.Translation.Z]));
many.SetAccessor("ROTATION", Write(DimensionType.VEC4, plants, plant => [plant.LocalTransform.Rotation.X, plant.LocalTransform.Rotation.Y, plant.LocalTransform.Rotation.Z, plant.LocalTransform.Rotation.W]));
many.SetAccessor("SCALE", Write(DimensionType.VEC3, plants, plant => [plant.LocalTransform.Scale.X, plant.LocalTransform.Scale.Y, plant.LocalTransform.Scale.Z]));
plants[0].LocalTransform = Matrix4x4.Identity;
foreach (Node other in plants[1..])
{
    other.Mesh = null;
}

field.MergeBuffers();
field.SaveGLB("result/sharpgltf-instances-field.glb");

Accessor Write(DimensionType type, Node[] nodes, Func<Node, float[]> numbers)
{
    byte[] bytes = [.. nodes.SelectMany(numbers).SelectMany(BitConverter.GetBytes)];
    Accessor accessor = field.CreateAccessor();
    accessor.SetVertexData(field.UseBufferView(bytes, 0, null, 0, null), 0, nodes.Length, new SharpGLTF.Memory.AttributeFormat(type));
    return accessor;
}
