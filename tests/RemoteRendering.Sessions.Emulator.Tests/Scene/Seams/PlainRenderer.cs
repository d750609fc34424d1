using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Seams;

/// <summary>Draws pictures of one colour: blue for a scene with meshes, black for one without.</summary>
internal sealed class PlainRenderer : ISceneRenderer
{
    public IReadOnlyCollection<string> UnsupportedStates { get; } = ["hidden"];

    /// <summary>Gets or sets a width to draw in place of the one that was asked for.</summary>
    public int? Width { get; set; }

    public ValueTask<ScenePicture> DrawAsync(
        SceneSnapshot scene, CameraPose camera, int width, int height, CancellationToken cancellationToken)
    {
        byte[] rgba = new byte[4 * (Width ?? width) * height];
        for (int i = 0; i < rgba.Length; i += 4)
        {
            rgba[i + 2] = scene.Instances.IsEmpty ? (byte)0 : (byte)200;
            rgba[i + 3] = 255;
        }

        return new(new ScenePicture(Width ?? width, height, rgba));
    }
}
