using System.Runtime.ExceptionServices;
using Azure;
using RemoteRendering.Sessions.Pooling;

namespace RemoteRendering.Sessions;

/// <content>Permanent refusals of the service: waiting callers get the exception, and the pool continues to try at its intervals.</content>
public partial class RenderingSessionPool
{
    private Exception? _refusal;

    /// <summary>Returns whether the service or the sign-in refused for a permanent reason.</summary>
    private static bool IsRefusal(Exception exception)
        => exception is not RenderingOutcomeUnknownException
            && exception is RequestFailedException { Status: >= 400 and < 500 and not (408 or 409 or 429) }
                or RequestFailedException
                {
                    ErrorCode: RemoteRenderingErrorCode.AuthenticationFailed or RemoteRenderingErrorCode.AccessTokenExpired
                };

    /// <summary>Gets the last refusal, unless another start is in flight that may succeed.</summary>
    private Exception? Refusal_NeedsLock => _starting == 0 ? _refusal : null;

    private void FailTakersIfRefused_NeedsLock()
    {
        while (Refusal_NeedsLock is { } refusal && _takers.Count > Coming_NeedsLock())
        {
            TaskCompletionSource<PooledSession> last = _takers.Last!.Value;
            _takers.RemoveLast();
            last.TrySetException(refusal);
        }
    }

    private void ThrowIfRefused_NeedsLock()
    {
        if (Refusal_NeedsLock is { } refusal && Coming_NeedsLock() <= _takers.Count)
        {
            ExceptionDispatchInfo.Capture(refusal).Throw();
        }
    }
}
