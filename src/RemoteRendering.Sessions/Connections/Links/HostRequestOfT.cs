using System.Text.Json;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>A request whose result is a <typeparamref name="T"/>.</summary>
internal sealed class HostRequest<T>(HostResultReader<T> read, bool isBinary = false) : HostRequest(isBinary)
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _registration;

    public Task<T> Task => _completion.Task;

    /// <summary>Gets or sets what reads a result that is bytes; <see langword="null"/> for requests that are answered with JSON.</summary>
    public HostBytesReader<T>? ReadBytes { get; set; }

    public override bool MayTimeOut => true;

    public override int ExpectedBytes => ReadBytes is null ? 0 : LinkLimits.ExpectedPictureBytes;

    /// <summary>Gets or sets who is told how far the host has come. Called on the thread that receives: must not block, must not throw.</summary>
    public Action<double>? OnProgress { get; set; }

    /// <summary>Gets or sets what becomes of a result that came when nobody waited for it any more.</summary>
    public Action<T>? OnUnclaimed { get; set; }

    /// <summary>Lets a token cancel the request at its binding.</summary>
    public void Watch(HostBinding binding, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return;
        }

        _registration = cancellationToken.Register(
            static state =>
            {
                (HostBinding binding, HostRequest<T> request, CancellationToken token) = ((HostBinding, HostRequest<T>, CancellationToken))state!;
                binding.Cancel(request, token);
            },
            (binding, this, cancellationToken));
        if (_completion.Task.IsCompleted)
        {
            // The answer was faster than this method and could not see the registration.
            _registration.Dispose();
        }
    }

    public override void Complete(ref Utf8JsonReader result)
    {
        try
        {
            Settle(read(ref result));
        }
        catch (Exception exception)
        {
            _completion.TrySetException(new RenderingConnectionException(
                RenderingConnectionReason.ProtocolError, "The host's answer does not have the form that the request asks for.", null, exception));
        }

        _registration.Dispose();
    }

    public override void CompleteBinary(ReadOnlySpan<byte> result)
    {
        if (ReadBytes is null)
        {
            base.CompleteBinary(result);
            return;
        }

        try
        {
            Settle(ReadBytes(result));
        }
        catch (Exception exception)
        {
            _completion.TrySetException(exception);
        }

        _registration.Dispose();
    }

    public override void Progress(double value) => OnProgress?.Invoke(value);

    public override void Fail(Exception exception)
    {
        _completion.TrySetException(exception);
        _registration.Dispose();
    }

    public override void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);

    private void Settle(T result)
    {
        if (!_completion.TrySetResult(result))
        {
            OnUnclaimed?.Invoke(result);
        }
    }
}
