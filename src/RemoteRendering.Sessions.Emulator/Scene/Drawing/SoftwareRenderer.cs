namespace RemoteRendering.Sessions.Emulator;

/// <summary>Draws pictures of a scene. Thread-safe.</summary>
/// <param name="threads">How many threads one picture may keep busy; 0 for as many as there are processors.</param>
internal sealed class SoftwareRenderer(int threads = 0)
{
    private readonly int _threads = threads > 0 ? threads : Environment.ProcessorCount;

    /// <summary>Draws a picture.</summary>
    /// <param name="scene">What to draw.</param>
    /// <param name="camera">From where.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Four bytes for each pixel, red, green, blue (sRGB) and alpha (always 255), rows from the top.</returns>
    public byte[] Render(SceneSnapshot scene, CameraPose camera, int width, int height, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var rgba = new byte[4 * width * height];
        var options = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
        Parallel.For(0, height, options, y => Background.FillRow(rgba.AsSpan(4 * y * width, 4 * width), (y + 0.5f) / height));
        return rgba;
    }
}
