using System.Buffers;
using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>
/// Draws pictures of a scene, without a graphics card. Triangles are projected batch by batch and each batch is drawn band by band, so that
/// the memory of a picture does not depend on how many there are. Thread-safe.
/// </summary>
/// <param name="threads">How many threads one picture may keep busy; 0 for as many as there are processors.</param>
internal sealed class Rasterizer(int threads = 0)
{
    /// <summary>More bands than threads, since not all have as much to draw.</summary>
    private const int BandsPerThread = 4;

    private readonly int _threads = threads > 0 ? threads : Environment.ProcessorCount;
    private TriangleBatch[]? _spare;

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
        var rgba = new byte[4L * width * height];
        float[] nearest = ArrayPool<float>.Shared.Rent(width * height);
        try
        {
            Draw(scene, new ViewFrame(camera, width, height), rgba, nearest, cancellationToken);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(nearest);
        }

        return rgba;
    }

    private void Draw(SceneSnapshot scene, ViewFrame frame, byte[] rgba, float[] nearest, CancellationToken cancellationToken)
    {
        DrawList list = DrawList.Of(scene, frame);
        Band[] bands = MakeBands(rgba, nearest, frame);
        ForAll(bands.Length, i => bands[i].Clear(), cancellationToken);

        // A picture that is drawn at the same time has batches of its own.
        TriangleBatch[] batches = Interlocked.Exchange(ref _spare, null) ?? MakeBatches();
        for (long first = 0; first < list.Triangles; first += (long)batches.Length * TriangleBatch.Size)
        {
            long start = first;
            ForAll(batches.Length, i => Fill(batches[i], start + ((long)i * TriangleBatch.Size)), cancellationToken);
            ForAll(bands.Length, i => DrawAll(bands[i]), cancellationToken);
        }

        Volatile.Write(ref _spare, batches);

        void Fill(TriangleBatch batch, long from)
            => batch.Fill(list, frame, Math.Min(from, list.Triangles), Math.Min(from + TriangleBatch.Size, list.Triangles));

        void DrawAll(Band band)
        {
            foreach (TriangleBatch batch in batches)
            {
                band.Draw(list, batch.Triangles);
            }
        }
    }

    private Band[] MakeBands(byte[] rgba, float[] nearest, ViewFrame frame)
    {
        int count = _threads == 1 ? 1 : Math.Min(frame.Height, BandsPerThread * _threads);
        var bands = new Band[count];
        for (int i = 0; i < count; i++)
        {
            bands[i] = new Band(rgba, nearest, frame, (int)((long)frame.Height * i / count), (int)((long)frame.Height * (i + 1) / count));
        }

        return bands;
    }

    private TriangleBatch[] MakeBatches()
    {
        var batches = new TriangleBatch[_threads];
        for (int i = 0; i < batches.Length; i++)
        {
            batches[i] = new TriangleBatch();
        }

        return batches;
    }

    private void ForAll(int count, Action<int> run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_threads > 1)
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken }, run);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            run(i);
        }
    }
}
