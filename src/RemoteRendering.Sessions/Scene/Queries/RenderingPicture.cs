namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents a picture of the scene, rendered by the host.</summary>
public class RenderingPicture
{
    /// <summary>Creates a picture.</summary>
    /// <param name="png">The bytes of a PNG file.</param>
    /// <param name="number">The number within a preview.</param>
    public RenderingPicture(ReadOnlyMemory<byte> png, long number)
    {
        Png = png;
        Number = number;
    }

    /// <summary>Gets the bytes of a PNG file.</summary>
    public ReadOnlyMemory<byte> Png { get; }

    /// <summary>
    /// Gets the number within a preview. Numbers increase; a gap means that pictures were not read in time. 0 for a single picture.
    /// </summary>
    public long Number { get; }
}
