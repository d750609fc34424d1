namespace RemoteRendering.Sessions.Host.Messages;

/// <summary>What a device is told when it is bound.</summary>
internal readonly record struct BindTerms(
    long Epoch,
    int LinkNumber,
    bool IsResumed,
    long Received,
    TimeSpan Grace,
    TimeSpan KeepAlive,
    TimeSpan DeadAfter,
    int MaxMessageBytes,
    IReadOnlyList<string> Features,
    IReadOnlyList<string> UnsupportedStates);
