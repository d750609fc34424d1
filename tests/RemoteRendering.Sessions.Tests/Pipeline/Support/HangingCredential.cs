using System.Collections.Concurrent;
using Azure.Core;

namespace RemoteRendering.Sessions.Tests.Pipeline.Support;

/// <summary>A sign-in whose answers a test gives: it hangs until then.</summary>
internal sealed class HangingCredential(bool heedsCancellation = true) : TokenCredential
{
    private readonly ConcurrentQueue<TaskCompletionSource<AccessToken>> _open = new();
    private int _asked;
    private int _cancelled;

    /// <summary>Gets how often a sign-in was asked for.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Gets how many of them were cancelled.</summary>
    public int Cancelled => Volatile.Read(ref _cancelled);

    /// <summary>Gets or sets a value indicating whether the next sign-ins are answered immediately.</summary>
    public bool Answers { get; set; }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        if (Answers)
        {
            Interlocked.Increment(ref _asked);
            return Token();
        }

        var answer = new TaskCompletionSource<AccessToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open.Enqueue(answer);
        await using CancellationTokenRegistration registration = cancellationToken.Register(() =>
        {
            Interlocked.Increment(ref _cancelled);
            if (heedsCancellation)
            {
                answer.TrySetCanceled(cancellationToken);
            }
        });
        Interlocked.Increment(ref _asked);
        return await answer.Task;
    }

    public void Release()
    {
        while (_open.TryDequeue(out TaskCompletionSource<AccessToken>? answer))
        {
            answer.TrySetResult(Token());
        }
    }

    public void Fail(Exception exception)
    {
        while (_open.TryDequeue(out TaskCompletionSource<AccessToken>? answer))
        {
            answer.TrySetException(exception);
        }
    }

    private static AccessToken Token() => new("entra-token", DateTimeOffset.MaxValue);
}
