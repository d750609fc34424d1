using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Builtin;

/// <summary>
/// A small radial engine: seven cylinders with fins, pistons and rods around a crankcase, a crankshaft, a propeller, a plate with a
/// texture. It stands upright, its shaft along Z, and has names to look for and meshes that are used many times.
/// </summary>
internal static class BuiltinEngine
{
    private const int Cylinders = 7;
    private const int Fins = 6;

    public static SceneModel Build()
    {
        SceneMaterial steel = BuiltinModels.Material("Steel", 0.42f, 0.44f, 0.47f);
        SceneMaterial dark = BuiltinModels.Material("DarkSteel", 0.08f, 0.085f, 0.09f);
        SceneMaterial brass = BuiltinModels.Material("Brass", 0.62f, 0.38f, 0.1f);
        SceneMaterial red = BuiltinModels.Material("RedPaint", 0.5f, 0.03f, 0.02f);

        var builder = new ModelBuilder();
        int engine = builder.Add(-1, "Engine", metadata: """{"kind":"radial engine","cylinders":7}"""u8.ToArray());
        Quaternion alongZ = Quaternion.CreateFromAxisAngle(Vector3.UnitX, MathF.PI / 2);
        builder.Add(engine, "Crankcase", rotation: alongZ, mesh: ModelBuilder.Mesh(Shapes.Cylinder(0.32, 0.36, 96, steel)));
        AddShaft(builder, engine, alongZ, dark, red);
        AddCylinders(builder, engine, steel, dark, brass);
        builder.Add(
            engine, "Nameplate", new Vector3D(0, 0, 0.1801), alongZ, new Vector3(0.3f, 1, 0.12f),
            ModelBuilder.Mesh(Shapes.Grid(1, 1, Plate())), """{"maker":"Formula Works","number":7}"""u8.ToArray());
        return builder.Build();
    }

    private static void AddShaft(ModelBuilder builder, int engine, Quaternion alongZ, SceneMaterial dark, SceneMaterial red)
    {
        int shaft = builder.Add(engine, "Crankshaft");
        builder.Add(shaft, "Shaft", new Vector3D(0, 0, 0.2), alongZ, mesh: ModelBuilder.Mesh(Shapes.Cylinder(0.05, 0.8, 48, dark)));
        builder.Add(
            shaft, "Counterweight", new Vector3D(0, -0.1, -0.21),
            mesh: ModelBuilder.Mesh(Shapes.Box(new Vector3(0.18f, 0.2f, 0.05f), dark)));
        int propeller = builder.Add(shaft, "Propeller", new Vector3D(0, 0, 0.55));
        builder.Add(propeller, "Hub", mesh: ModelBuilder.Mesh(Shapes.Sphere(0.12, 48, 24, red)));
        SoftwareMesh blade = ModelBuilder.Mesh(Shapes.Sphere(1, 48, 24, dark));
        for (int i = 0; i < 3; i++)
        {
            int arm =
                builder.Add(propeller, $"Blade{i + 1}", rotation: Quaternion.CreateFromAxisAngle(Vector3.UnitZ, i * 2 * MathF.PI / 3));
            builder.Add(
                arm, $"BladeMesh{i + 1}", new Vector3D(0, 0.55, 0), Quaternion.CreateFromAxisAngle(Vector3.UnitY, 0.4f),
                new Vector3(0.09f, 0.5f, 0.02f), blade);
        }
    }

    private static void AddCylinders(ModelBuilder builder, int engine, SceneMaterial steel, SceneMaterial dark, SceneMaterial brass)
    {
        SoftwareMesh barrel = ModelBuilder.Mesh(Shapes.Cylinder(0.11, 0.36, 64, steel));
        SoftwareMesh fin = ModelBuilder.Mesh(Shapes.Torus(0.125, 0.018, 36, 8, dark));
        SoftwareMesh head = ModelBuilder.Mesh(Shapes.Sphere(0.115, 48, 24, brass));
        SoftwareMesh piston = ModelBuilder.Mesh(Shapes.Cylinder(0.1, 0.1, 48, brass));
        SoftwareMesh rod = ModelBuilder.Mesh(Shapes.Box(new Vector3(0.04f, 0.3f, 0.03f), dark));
        for (int i = 0; i < Cylinders; i++)
        {
            int cylinder = builder.Add(
                engine, $"Cylinder{i + 1}", rotation: Quaternion.CreateFromAxisAngle(Vector3.UnitZ, i * 2 * MathF.PI / Cylinders));
            builder.Add(cylinder, "Barrel", new Vector3D(0, 0.5, 0), mesh: barrel);
            builder.Add(cylinder, "Head", new Vector3D(0, 0.68, 0), mesh: head);
            int stroke = builder.Add(cylinder, "Stroke", new Vector3D(0, 0.5 + (0.08 * Math.Sin(i * 2 * Math.PI / Cylinders)), 0));
            builder.Add(stroke, "Piston", mesh: piston);
            builder.Add(stroke, "Rod", new Vector3D(0, -0.2, 0), mesh: rod);
            for (int f = 0; f < Fins; f++)
            {
                builder.Add(cylinder, $"Fin{f + 1}", new Vector3D(0, 0.37 + (0.05 * f), 0), mesh: fin);
            }
        }
    }

    private static SceneMaterial Plate()
    {
        const int Width = 128;
        const int Height = 64;
        byte[] pixels = new byte[4 * Width * Height];
        for (int i = 0; i < Width * Height; i++)
        {
            (int y, int x) = Math.DivRem(i, Width);
            bool isFrame = x is < 4 or >= Width - 4 || y is < 4 or >= Height - 4;
            bool isStripe = !isFrame && (x + y) / 12 % 2 == 0;
            (pixels[4 * i], pixels[(4 * i) + 1], pixels[(4 * i) + 2], pixels[(4 * i) + 3]) = isFrame
                ? ((byte)40, (byte)40, (byte)45, (byte)255)
                : isStripe ? ((byte)235, (byte)195, (byte)40, (byte)255) : ((byte)30, (byte)60, (byte)120, (byte)255);
        }

        return new SceneMaterial { Name = "Plate", BaseColorTexture = new TextureImage(Width, Height, pixels), IsDoubleSided = true };
    }
}
