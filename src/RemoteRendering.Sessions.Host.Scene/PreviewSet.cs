using RemoteRendering.Sessions.Host.Scene.Pictures;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>The previews of one binding. Thread-safe.</summary>
internal sealed class PreviewSet : IDisposable
{
    public const int MaxPreviews = 4;

    private readonly object _gate = new();
    private readonly Dictionary<uint, Preview> _previews = [];
    private bool _isDisposed;

    /// <summary>Starts a preview, or changes the one of that number.</summary>
    /// <exception cref="SceneException">There are too many.</exception>
    public void Start(uint number, PictureRequest picture, TimeSpan interval, Func<Preview> create)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_previews.TryGetValue(number, out Preview? preview))
            {
                preview.Change(picture, interval);
                return;
            }

            if (_previews.Count >= MaxPreviews)
            {
                throw new SceneException(SceneErrorCode.LimitReached, $"There are {MaxPreviews} previews already.");
            }

            _previews.Add(number, create());
        }
    }

    /// <summary>Stops a preview.</summary>
    /// <exception cref="SceneException">There is none of that number.</exception>
    public void Stop(uint number)
    {
        Preview? preview;
        lock (_gate)
        {
            _previews.Remove(number, out preview);
        }

        (preview ?? throw new SceneException(SceneErrorCode.InvalidId, $"There is no preview {number}.")).Dispose();
    }

    /// <summary>Sends the next picture of each whether the scene has changed or not.</summary>
    public void Again()
    {
        foreach (Preview preview in Snapshot(isLast: false))
        {
            preview.Again();
        }
    }

    public void Dispose()
    {
        foreach (Preview preview in Snapshot(isLast: true))
        {
            preview.Dispose();
        }
    }

    private Preview[] Snapshot(bool isLast)
    {
        lock (_gate)
        {
            _isDisposed |= isLast;
            return [.. _previews.Values];
        }
    }
}
