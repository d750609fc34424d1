using System.Diagnostics;

namespace RemoteRendering.Sessions.TestProgram.Network;

/// <summary>A process in a network namespace, with what it has said and when.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<(long At, string Text)> _lines = [];
    private readonly Task _reading;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Child(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts this program in a namespace.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="certificateFile">A file of the certificate that the process trusts; null for those of the system.</param>
    /// <param name="arguments">The arguments.</param>
    public static Child Start(string space, string? certificateFile, params string[] arguments)
    {
        // 'ip netns exec' becomes the program, so that its id is the program's.
        var start = new ProcessStartInfo("ip", ["netns", "exec", space, Environment.ProcessPath!, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (certificateFile is not null)
        {
            start.Environment["SSL_CERT_FILE"] = certificateFile;
        }

        return new Child(Process.Start(start)!);
    }

    public Task SayAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>Waits for a line that was said at a timestamp or later.</summary>
    /// <returns>The line, and how long after the timestamp it came.</returns>
    public async Task<(string Text, TimeSpan After)> WaitAsync(string begin, long since, TimeSpan limit)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Task news;
            lock (_lines)
            {
                foreach ((long at, string text) in _lines)
                {
                    if (at >= since && text.StartsWith(begin, StringComparison.Ordinal))
                    {
                        return (text, TimeProvider.System.GetElapsedTime(since, at));
                    }
                }

                news = _news.Task;
            }

            TimeSpan left = limit - TimeProvider.System.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || (_reading.IsCompleted && ReferenceEquals(news, _news.Task)))
            {
                throw new TrialException($"'{begin}' did not come within {limit.TotalSeconds} s. The last lines: {Tail()}");
            }

            await Task.WhenAny(news, _reading, Task.Delay(left, TimeProvider.System, CancellationToken.None));
        }
    }

    public IReadOnlyList<string> Said(string begin, long since = 0)
    {
        lock (_lines)
        {
            return [
                .. _lines.Where(line => line.At >= since && line.Text.StartsWith(begin, StringComparison.Ordinal)).Select(line => line.Text)
            ];
        }
    }

    public Task SignalAsync(string signal) => Shell.RunAsync("kill", $"-{signal}", $"{Id}");

    /// <summary>Ends the input of the process, and waits until it has ended.</summary>
    public async Task FinishAsync(TimeSpan limit)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(limit, TimeProvider.System);
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                _lines.Add((TimeProvider.System.GetTimestamp(), line));
                _news.TrySetResult();
                _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private string Tail()
    {
        lock (_lines)
        {
            return string.Join(" / ", _lines.Where(line => line.Text != "beat").Select(line => line.Text).TakeLast(8));
        }
    }
}
