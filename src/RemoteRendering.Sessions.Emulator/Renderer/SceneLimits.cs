using System.Globalization;
using RemoteRendering.Sessions.Emulator.Scene;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Emulator.Renderer;

/// <summary>What a scene may cost its host.</summary>
/// <param name="ModelBytes">The largest file, with the files it names.</param>
/// <param name="MemoryBytes">The most that the meshes and textures of a scene may take.</param>
/// <param name="Primitives">The most triangles, lines and points of a scene; null for no limit.</param>
internal sealed record SceneLimits(long ModelBytes, long MemoryBytes, long? Primitives)
{
    /// <summary>Fails when a scene would have more than it may.</summary>
    public void CheckTotals(long primitives, long bytes, string name)
    {
        if (primitives > Primitives)
        {
            throw Exceeded(name, "primitives", Primitives.Value);
        }

        if (bytes > MemoryBytes)
        {
            throw Exceeded(name, "bytes in memory", MemoryBytes);
        }
    }

    public void CheckFile(long bytes, string name)
    {
        if (bytes > ModelBytes)
        {
            throw Exceeded(name, "bytes", ModelBytes);
        }
    }

    public static SceneException Exceeded(string name, string what, long limit) =>
        new(SceneErrorCode.ExceedsMemoryLimit, string.Create(CultureInfo.InvariantCulture, $"'{name}' would make more than {limit:N0} {what}."));
}
