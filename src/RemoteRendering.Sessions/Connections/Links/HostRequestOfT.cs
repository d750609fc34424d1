using System.Text.Json;
using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>Represents a request whose result is a <typeparamref name="T"/>.</summary>
internal sealed class HostRequest<T>(HostResultReader<T> read, bool isBinary = false) : HostRequest(isBinary)
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _registration;

    public Task<T> Task => _completion.Task;

    /// <summary>Gets or sets the reader of a binary result; <see langword="null"/> for requests that are answered with JSON.</summary>
    public HostBytesReader<T>? ReadBytes { get; set; }

    public override bool MayTimeOut => true;

    public override int ExpectedBytes => ReadBytes is null ? 0 : LinkLimits.ExpectedPictureBytes;

    /// <summary>Gets or sets the receiver of the progress. Called on the receiving thread: must not block, must not throw.</summary>
    public Action<double>? OnProgress { get; set; }

    /// <summary>Gets or sets the handler of a result that arrives after the request was given up.</summary>
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
                (HostBinding binding, HostRequest<T> request, CancellationToken token) =
                    ((HostBinding, HostRequest<T>, CancellationToken))state!;
                binding.Cancel(request, token);
            },
            (binding, this, cancellationToken));
        if (_completion.Task.IsCompleted)
        {
            // The answer arrived before the registration was stored.
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
                RenderingConnectionReason.ProtocolError, "The answer of the host is invalid for the request.", null, exception));
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
