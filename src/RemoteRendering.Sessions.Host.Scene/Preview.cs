using RemoteRendering.Sessions.Host.Scene.Pictures;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>
/// One preview: looks at its rate whether the scene has changed, and sends a picture if so and if the link can take it. Thread-safe. A
/// session calls it under its lock, so it never calls the session under its own.
/// </summary>
internal sealed class Preview : IDisposable
{
    /// <summary>Soon, but behind the answer or the bind that it follows on.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly SceneHost _host;
    private readonly Photographer _photographer;
    private readonly BindingScene _scene;
    private readonly HostRequest _request;
    private readonly uint _number;
    private readonly ITimer _timer;
    private PictureRequest _picture;
    private TimeSpan _interval;
    private long? _sentVersion;
    private ulong _pictures;
    private int _wish;
    private bool _isDrawing;
    private bool _isDisposed;

    public Preview(
        SceneHost host, Photographer photographer, BindingScene scene, HostRequest request, uint number, PictureRequest picture,
        TimeSpan interval)
    {
        _host = host;
        _photographer = photographer;
        _scene = scene;
        _request = request;
        _number = number;
        _picture = picture;
        _interval = interval;
        _timer = BackgroundWork.CreateTimer(host.Time, static state => ((Preview)state!).OnBeat(), this, AtOnce, interval);
    }

    /// <summary>Changes what is seen, or how often.</summary>
    public void Change(PictureRequest picture, TimeSpan interval)
    {
        lock (_gate)
        {
            _picture = picture;
            _interval = interval;
        }

        Again();
    }

    /// <summary>Sends the next picture whether the scene has changed or not.</summary>
    public void Again()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _sentVersion = null;
                _wish++;
                _timer.Change(AtOnce, _interval);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            _timer.Dispose();
        }

        _ended.Cancel();
    }

    private void OnBeat()
    {
        if (!_request.Binding.IsIdle)
        {
            return;
        }

        PictureRequest picture;
        int wish;
        lock (_gate)
        {
            if (_isDisposed || _isDrawing || _sentVersion == _scene.Version)
            {
                return;
            }

            _isDrawing = true;
            picture = _picture;
            wish = _wish;
        }

        _host.Background.Add(new ValueTask(DrawAsync(picture, wish)));
    }

    private async Task DrawAsync(PictureRequest picture, int wish)
    {
        try
        {
            SceneSnapshot snapshot = _scene.TakeSnapshot(out long version);
            byte[] file = await _photographer.TakeAsync(_scene, snapshot, picture, _ended.Token).ConfigureAwait(false);
            Send(file, picture, wish, version);
        }
        catch (OperationCanceledException)
        {
            // The preview was stopped.
        }
        finally
        {
            lock (_gate)
            {
                _isDrawing = false;
            }
        }
    }

    private void Send(byte[] file, PictureRequest picture, int wish, long version)
    {
        // One that is too large for the client counts as sent: drawing it again would not make it smaller.
        bool isTooLarge = file.Length > picture.MaxBytes;
        if (!isTooLarge)
        {
            // Only one picture is drawn and sent at a time, so the number is this call's alone.
            if (_ended.IsCancellationRequested || !_request.Binding.TrySend(HostFrameKind.Preview, _number, _pictures + 1, file))
            {
                return;
            }

            _pictures++;
        }

        lock (_gate)
        {
            // What was wished for meanwhile is still to be drawn.
            if (wish == _wish)
            {
                _sentVersion = version;
            }
        }
    }
}
