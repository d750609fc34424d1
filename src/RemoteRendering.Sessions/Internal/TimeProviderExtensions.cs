#if NET8_0_OR_GREATER
namespace RemoteRendering.Sessions;

/// <summary>The waits on an injected clock, under the names that Microsoft.Bcl.TimeProvider gives them on .NET Standard.</summary>
internal static class TimeProviderExtensions
{
    public static Task Delay(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken = default)
        => Task.Delay(delay, time, cancellationToken);

    public static CancellationTokenSource CreateCancellationTokenSource(this TimeProvider time, TimeSpan delay)
        => new(delay, time);
}
#endif
