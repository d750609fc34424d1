using RemoteRendering.Sessions.Emulator.Host.Binding;
using RemoteRendering.Sessions.Emulator.Host.Messages;
using RemoteRendering.Sessions.Emulator.Host.Requests;
using RemoteRendering.Sessions.Emulator.Logs;

namespace RemoteRendering.Sessions.Emulator.Host;

/// <summary>Writes the host's part of the history. The words here are those of the history format in the README beside.</summary>
internal sealed class HostJournal(Action<string, string?, HistoryFields> history)
{
    public void BindAccepted(HostBinding binding, BindRequest request, bool resumed, HostBehavior behavior) => Append("bindAccepted", binding.SessionId,
    [
        ("epoch", binding.Epoch), ("link", binding.LinkNumber), ("client", binding.Device.ClientId), ("instance", request.InstanceId),
        ("shownEpoch", request.Epoch), ("takeOver", request.TakeOver), ("resumed", resumed),
        ("graceMs", (long)behavior.ResumeGrace.TotalMilliseconds), ("deadAfterMs", (long)behavior.DeadAfter.TotalMilliseconds),
    ]);

    public void BindRefused(string? sessionId, string? clientId, HostRefusal refusal) => Append("bindRefused", sessionId,
    [
        ("client", clientId), ("reason", refusal.Reason.ToString()), ("retryAfterMs", (long?)refusal.RetryAfter?.TotalMilliseconds),
    ]);

    public void TakeOverStarted(HostBinding holder, HostDevice taker, TimeSpan drain) => Append("takeOverStarted", holder.SessionId,
    [
        ("epoch", holder.Epoch), ("client", taker.ClientId), ("drainMs", (long)drain.TotalMilliseconds),
    ]);

    public void LinkLost(HostBinding binding, string cause, TimeSpan silence) => Append("linkLost", binding.SessionId,
    [
        ("epoch", binding.Epoch), ("link", binding.LinkNumber), ("cause", cause), ("silentMs", (long)silence.TotalMilliseconds),
    ]);

    public void BindingEnded(HostBinding binding, string cause) => Append("bindingEnded", binding.SessionId,
    [
        ("epoch", binding.Epoch), ("cause", cause),
    ]);

    public void FrameFenced(string sessionId, long epoch, int link, HostFrame frame) => Append("frameFenced", sessionId,
    [
        ("epoch", epoch), ("link", link), ("method", frame.Method), ("id", frame.Id),
    ]);

    public void RequestStarted(HostRequest request) =>
        history("requestStarted", request.Binding.SessionId, HistoryFields.Started(request.Binding.Epoch, request.Id, request.Method));

    public void RequestFinished(HostRequest request, int code) =>
        history("requestFinished", request.Binding.SessionId, HistoryFields.Finished(request.Binding.Epoch, request.Id, code));

    public void HostSaid(string sessionId, HostGoodbye goodbye) => Append("goodbye", sessionId,
    [
        ("reason", goodbye.Reason), ("comeBack", goodbye.ComeBack),
    ]);

    /// <summary>Something went wrong on a link because it was asked to.</summary>
    public void Fault(int link, string fault, string direction) => Append("fault", null, [("wire", link), ("fault", char.ToLowerInvariant(fault[0]) + fault[1..]), ("direction", direction)]);

    public void HostSlept(TimeSpan late) => Append("hostSlept", null, [("ms", (long)late.TotalMilliseconds)]);

    public void HostCrashed() => Append("hostCrashed", null, []);

    public void HostRestarting(bool comeBack) => Append("hostRestarting", null, [("comeBack", comeBack)]);

    private void Append(string kind, string? sessionId, params (string Name, object? Value)[] fields) => history(kind, sessionId, new HistoryFields(fields));
}
