namespace RemoteRendering.Sessions.TestSupport;

/// <summary>Waits of tests, each with an end of its own.</summary>
public static class Wait
{
    /// <summary>
    /// Only reached by a test that hangs. <c>RRS_PATIENCE</c> sets its seconds, 30 by default: code that is broken on purpose makes some
    /// hang.
    /// </summary>
    public static readonly TimeSpan Patience =
        TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("RRS_PATIENCE"), out int seconds) ? seconds : 30);

    public static async Task Within(Task task) => await task.WaitAsync(Patience);

    public static async Task<T> Within<T>(Task<T> task) => await task.WaitAsync(Patience);

    /// <summary>Waits, in real time, until something holds that other threads or a socket are about to bring about.</summary>
    /// <param name="condition">What must hold.</param>
    /// <param name="what">Describes what does not hold, for the message.</param>
    /// <returns>A task that completes once it holds.</returns>
    /// <exception cref="TimeoutException">It does not hold within <see cref="Patience"/>.</exception>
    public static async Task UntilAsync(Func<bool> condition, Func<string>? what = null)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > Patience)
            {
                throw new TimeoutException(what?.Invoke() ?? $"It did not happen within {Patience}.");
            }

            await Task.Run(static () => Thread.Yield());
        }
    }
}
