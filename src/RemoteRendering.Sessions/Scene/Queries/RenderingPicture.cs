namespace RemoteRendering.Sessions.Scene;

/// <summary>A picture of the scene, as the host sees it.</summary>
public class RenderingPicture
{
    /// <summary>Creates a picture.</summary>
    /// <param name="png">The bytes of a PNG file.</param>
    /// <param name="number">Its number.</param>
    public RenderingPicture(ReadOnlyMemory<byte> png, long number)
    {
        Png = png;
        Number = number;
    }

    /// <summary>Gets the bytes of a PNG file.</summary>
    public ReadOnlyMemory<byte> Png { get; }

    /// <summary>Gets the number within a preview, growing; gaps are pictures that nobody took in time. 0 for a single picture.</summary>
    public long Number { get; }
}
