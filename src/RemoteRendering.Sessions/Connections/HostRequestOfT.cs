using System.Text.Json;

namespace RemoteRendering.Sessions;

/// <summary>A request whose result is a <typeparamref name="T"/>.</summary>
internal sealed class HostRequest<T>(HostResultReader<T> read) : HostRequest
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _registration;

    public Task<T> Task => _completion.Task;

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
            _completion.TrySetResult(read(ref result));
        }
        catch (Exception exception)
        {
            _completion.TrySetException(new RenderingConnectionException(
                RenderingConnectionReason.ProtocolError, "The host's answer does not have the form that the request asks for.", null, exception));
        }

        _registration.Dispose();
    }

    public override void Fail(Exception exception)
    {
        _completion.TrySetException(exception);
        _registration.Dispose();
    }

    public override void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);
}
