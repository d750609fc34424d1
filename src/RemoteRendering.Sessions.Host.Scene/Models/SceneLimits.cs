using System.Globalization;
using System.Text;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>The limits of a scene on its host.</summary>
/// <param name="modelBytes">The largest size of a model, with the files it names, in bytes.</param>
/// <param name="memoryBytes">The most that the meshes and textures of a scene may take, in bytes.</param>
/// <param name="primitives">The most triangles, lines and points of a scene; <see langword="null"/> for no limit.</param>
public sealed class SceneLimits(long modelBytes, long memoryBytes, long? primitives)
{
    /// <summary>The most entities of a scene: 1,048,576.</summary>
    public const int MaxEntities = 1_048_576;

    /// <summary>The most levels of a scene: 512.</summary>
    public const int MaxLevels = 512;

    /// <summary>The most bytes of a name, as UTF-8: 256.</summary>
    public const int MaxNameBytes = 256;

    /// <summary>Gets the largest size of a model, with the files it names, in bytes.</summary>
    public long ModelBytes { get; } = modelBytes;

    /// <summary>Gets the most that the meshes and textures of a scene may take, in bytes.</summary>
    public long MemoryBytes { get; } = memoryBytes;

    /// <summary>Gets the most triangles, lines and points of a scene; <see langword="null"/> for no limit.</summary>
    public long? Primitives { get; } = primitives;

    /// <summary>Makes the exception for something that is larger than it may be.</summary>
    /// <param name="name">The name of the model, for messages.</param>
    /// <param name="what">What there is too much of, in the plural: <c>primitives</c>.</param>
    /// <param name="limit">The most that there may be.</param>
    /// <returns>The exception, to be thrown.</returns>
    public static SceneException Exceeded(string name, string what, long limit) =>
        new(
            SceneErrorCode.ExceedsMemoryLimit,
            string.Create(CultureInfo.InvariantCulture, $"'{name}' would make more than {limit:N0} {what}."));

    /// <summary>Cuts a name to <see cref="MaxNameBytes"/>, between two characters.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name, or its beginning.</returns>
    public static string ShortenName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        while (Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
        {
            int keep = Math.Min(name.Length - 1, MaxNameBytes);
            name = name[..(char.IsHighSurrogate(name[keep - 1]) ? keep - 1 : keep)];
        }

        return name;
    }

    /// <summary>Throws when a scene would have more than it may.</summary>
    /// <param name="primitives">The triangles, lines and points that the scene would have.</param>
    /// <param name="bytes">The bytes in memory that it would take.</param>
    /// <param name="name">The name of the model, for messages.</param>
    /// <exception cref="SceneException">It would have more.</exception>
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

    /// <summary>Throws when a model would be larger than it may.</summary>
    /// <param name="bytes">The size of its files.</param>
    /// <param name="name">The name of the model, for messages.</param>
    /// <exception cref="SceneException">It would be larger.</exception>
    public void CheckFile(long bytes, string name)
    {
        if (bytes > ModelBytes)
        {
            throw Exceeded(name, "bytes", ModelBytes);
        }
    }
}
