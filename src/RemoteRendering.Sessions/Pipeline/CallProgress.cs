using Azure.Core;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>How far a call has come with its tries. Kept with its message from its first failure on, or from its start while a link is lost.</summary>
internal sealed class CallProgress
{
    private CallProgress(long start) => Start = start;

    /// <summary>Gets when the first try failed, or began while a link was lost.</summary>
    public long Start { get; }

    /// <summary>Gets or sets when the last try began, while a link is lost.</summary>
    public long LastTry { get; set; }

    /// <summary>Gets or sets how many tries the user's retry settings have been charged for.</summary>
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
