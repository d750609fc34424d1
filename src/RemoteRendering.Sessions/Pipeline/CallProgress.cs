using Azure.Core;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>
/// Represents the tries of a call. Stored with its message from its first failure, or from its start while a link is lost.
/// </summary>
internal sealed class CallProgress
{
    private CallProgress(long start) => Start = start;

    /// <summary>Gets the time at which the first try failed, or started while a link was lost.</summary>
    public long Start { get; }

    /// <summary>Gets or sets the time at which the last try started, while a link is lost.</summary>
    public long LastTry { get; set; }

    /// <summary>Gets or sets the number of tries that count against the retry settings of the user.</summary>
    public int Retries { get; set; }

    /// <summary>Gets or sets a value indicating whether a try that was followed by another may have taken effect.</summary>
    public bool MayHaveHappened { get; set; }

    public static CallProgress Of(HttpMessage message, TimeProvider time)
    {
        if (message.TryGetProperty(typeof(CallProgress), out object? known))
        {
            return (CallProgress)known!;
        }

        var progress = new CallProgress(time.GetTimestamp());
        message.SetProperty(typeof(CallProgress), progress);
        return progress;
    }
}
