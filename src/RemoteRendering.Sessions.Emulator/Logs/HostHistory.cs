using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.Logs;

/// <summary>Writes the host's part of the history.</summary>
/// <param name="history">Writes an event.</param>
/// <param name="options">The options of the host.</param>
/// <param name="bound">Is told each link that was bound; null when the device went away before.</param>
internal sealed class HostHistory(
    Action<string, string?, HistoryFields> history, RenderingHostOptions options, Action<HostConnection?> bound) : IHostJournal
{
    public void BindAccepted(HostBinding binding, HostBindRequest request, bool resumed)
    {
        bound(binding.Connection);
        Append("bindAccepted", binding.SessionId,
        [
            ("epoch", binding.Epoch), ("link", binding.LinkNumber), ("client", binding.ClientId), ("instance", request.InstanceId),
            ("shownEpoch", request.Epoch), ("takeOver", request.TakeOver), ("resumed", resumed),
            ("graceMs", (long)options.ResumeGrace.TotalMilliseconds), ("deadAfterMs", (long)options.DeadAfter.TotalMilliseconds),
        ]);
    }

    public void BindRefused(string? sessionId, string? clientId, HostRefusal refusal) => Append("bindRefused", sessionId,
    [
        ("client", clientId), ("reason", refusal.Reason.ToString()), ("retryAfterMs", (long?)refusal.RetryAfter?.TotalMilliseconds),
    ]);

    public void TakeOverStarted(HostBinding holder, string clientId, TimeSpan drain) => Append("takeOverStarted", holder.SessionId,
    [
        ("epoch", holder.Epoch), ("client", clientId), ("drainMs", (long)drain.TotalMilliseconds),
    ]);

    public void LinkLost(HostBinding binding, string cause, TimeSpan silence) => Append("linkLost", binding.SessionId,
    [
        ("epoch", binding.Epoch), ("link", binding.LinkNumber), ("cause", cause), ("silentMs", (long)silence.TotalMilliseconds),
    ]);

    public void BindingEnded(HostBinding binding, string cause) => Append("bindingEnded", binding.SessionId,
    [
        ("epoch", binding.Epoch), ("cause", cause),
    ]);

    public void FrameFenced(HostBinding binding, int linkNumber, string method, long? id) => Append("frameFenced", binding.SessionId,
    [
        ("epoch", binding.Epoch), ("link", linkNumber), ("method", method), ("id", id),
    ]);

    public void RequestStarted(HostRequest request) =>
        history("requestStarted", request.Binding.SessionId, HistoryFields.Started(request.Binding.Epoch, request.Id, request.Method));

    public void RequestFinished(HostRequest request, int code) =>
        history("requestFinished", request.Binding.SessionId, HistoryFields.Finished(request.Binding.Epoch, request.Id, code));

    public void FeatureFailed(IHostFeature feature, HostBinding binding, Exception exception) => Append("featureFailed", binding.SessionId,
    [
        ("epoch", binding.Epoch), ("feature", feature.Name), ("error", exception.GetType().Name),
    ]);

    public void GoodbyeSent(string sessionId, string reason, bool comeBack) => Append("goodbye", sessionId,
    [
        ("reason", reason), ("comeBack", comeBack),
    ]);

    public void HostStalled(TimeSpan late) => Append("hostSlept", null, [("ms", (long)late.TotalMilliseconds)]);

    public void HostCrashed() => Append("hostCrashed", null, []);

    public void HostRestarting(bool comeBack) => Append("hostRestarting", null, [("comeBack", comeBack)]);

    private void Append(string kind, string? sessionId, params (string Name, object? Value)[] fields)
        => history(kind, sessionId, new HistoryFields(fields));
}
