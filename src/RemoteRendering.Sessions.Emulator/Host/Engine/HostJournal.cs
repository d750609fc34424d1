namespace RemoteRendering.Sessions.Emulator;

/// <summary>Writes the host's part of the history. The words here are those of the history format in the README beside.</summary>
internal sealed class HostJournal(Action<string, string?, (string Name, object? Value)[]> append)
{
    public void BindAccepted(HostBinding binding, bool resumed, HostBehavior behavior) => append("bindAccepted", binding.SessionId,
    [
        ("epoch", binding.Epoch), ("link", binding.LinkNumber), ("client", binding.Device.ClientId), ("resumed", resumed),
        ("graceMs", (long)behavior.ResumeGrace.TotalMilliseconds), ("deadAfterMs", (long)behavior.DeadAfter.TotalMilliseconds),
    ]);

    public void BindRefused(string? sessionId, string? clientId, HostRefusal refusal) => append("bindRefused", sessionId,
    [
        ("client", clientId), ("reason", refusal.Reason.ToString()), ("retryAfterMs", (long?)refusal.RetryAfter?.TotalMilliseconds),
    ]);

    public void TakeOverStarted(HostBinding holder, HostDevice taker, TimeSpan drain) => append("takeOverStarted", holder.SessionId,
    [
        ("epoch", holder.Epoch), ("client", taker.ClientId), ("drainMs", (long)drain.TotalMilliseconds),
    ]);

    public void LinkLost(HostBinding binding, string cause, TimeSpan silence) => append("linkLost", binding.SessionId,
    [
        ("epoch", binding.Epoch), ("link", binding.LinkNumber), ("cause", cause), ("silentMs", (long)silence.TotalMilliseconds),
    ]);

    public void BindingEnded(HostBinding binding, string cause) => append("bindingEnded", binding.SessionId,
    [
        ("epoch", binding.Epoch), ("cause", cause),
    ]);

    public void FrameFenced(string sessionId, long epoch, int link, HostFrame frame) => append("frameFenced", sessionId,
    [
        ("epoch", epoch), ("link", link), ("method", frame.Method), ("id", frame.Id),
    ]);

    public void RequestStarted(HostRequest request) => append("requestStarted", request.Binding.SessionId,
    [
        ("epoch", request.Binding.Epoch), ("id", request.Id), ("method", request.Method),
    ]);

    public void RequestFinished(HostRequest request, int code) => append("requestFinished", request.Binding.SessionId,
    [
        ("epoch", request.Binding.Epoch), ("id", request.Id), ("code", code),
    ]);

    public void HostSaid(string sessionId, HostGoodbye goodbye) => append("goodbye", sessionId,
    [
        ("reason", goodbye.Reason), ("comeBack", goodbye.ComeBack),
    ]);

    /// <summary>Something went wrong on a link because it was asked to.</summary>
    public void Fault(int link, string fault, string direction) => append("fault", null, [("wire", link), ("fault", char.ToLowerInvariant(fault[0]) + fault[1..]), ("direction", direction)]);

    public void HostCrashed() => append("hostCrashed", null, []);

    public void HostRestarting(bool comeBack) => append("hostRestarting", null, [("comeBack", comeBack)]);
}
