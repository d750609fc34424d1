using System.Collections.Concurrent;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Support;

/// <summary>A service that takes requests and does not answer them any more; the token service neither.</summary>
internal sealed class HungService
{
    private readonly ConcurrentQueue<TimeSpan> _lives = new();
    private int _reads;

    public HungService(ScriptedService service)
    {
        for (int request = 0; request < 100; request++)
        {
            service.Then(async (_, token) =>
            {
                Interlocked.Increment(ref _reads);
                long start = service.Time.GetTimestamp();
                try
                {
                    await new TaskCompletionSource().Task.WaitAsync(token);
                    throw new InvalidOperationException("Never.");
                }
                finally
                {
                    _lives.Enqueue(service.Time.GetElapsedTime(start));
                }
            });
        }

        service.Token = static _ => new TaskCompletionSource<HttpResponseMessage>().Task;
    }

    public int Reads => Volatile.Read(ref _reads);

    /// <summary>How many requests were given up, and how long each was waited for.</summary>
    public int Given => _lives.Count;

    public IEnumerable<TimeSpan> Lives => _lives;
}
