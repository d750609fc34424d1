namespace RemoteRendering.Sessions.Host;

/// <summary>
/// Receives what happens in a <see cref="RenderingHost"/>, in order: for logs, metrics and checks. Every member does nothing by default.
/// Members are called under the lock of the session, so they must return immediately, and must neither call the host nor throw.
/// </summary>
public interface IHostJournal
{
    /// <summary>A device was bound, or resumed its binding.</summary>
    /// <param name="binding">The binding.</param>
    /// <param name="request">The request of the device.</param>
    /// <param name="resumed"><see langword="true"/> when the binding existed before.</param>
    void BindAccepted(HostBinding binding, HostBindRequest request, bool resumed)
    {
    }

    /// <summary>A device was refused.</summary>
    /// <param name="sessionId">The id of the session; <see langword="null"/> when the request names none.</param>
    /// <param name="clientId">The id of the device; <see langword="null"/> when the request names none.</param>
    /// <param name="refusal">The refusal.</param>
    void BindRefused(string? sessionId, string? clientId, HostRefusal refusal)
    {
    }

    /// <summary>Another device waits for a session that is held.</summary>
    /// <param name="holder">The binding that will end.</param>
    /// <param name="clientId">The id of the device that waits.</param>
    /// <param name="drain">The time after which the holder is cut.</param>
    void TakeOverStarted(HostBinding holder, string clientId, TimeSpan drain)
    {
    }

    /// <summary>A binding lost its link.</summary>
    /// <param name="binding">The binding.</param>
    /// <param name="cause">The cause, one word.</param>
    /// <param name="silence">The time since the last message.</param>
    void LinkLost(HostBinding binding, string cause, TimeSpan silence)
    {
    }

    /// <summary>A binding ended.</summary>
    /// <param name="binding">The binding.</param>
    /// <param name="cause">The cause, one word.</param>
    void BindingEnded(HostBinding binding, string cause)
    {
    }

    /// <summary>A message had no effect, because its link is not the newest of the session.</summary>
    /// <param name="binding">The binding of the link.</param>
    /// <param name="linkNumber">The number of the link within its binding.</param>
    /// <param name="method">The method of the message.</param>
    /// <param name="id">The id of the request; <see langword="null"/> for a notification.</param>
    void FrameFenced(HostBinding binding, int linkNumber, string method, long? id)
    {
    }

    /// <summary>A request was started, which happens once for each.</summary>
    /// <param name="request">The request.</param>
    void RequestStarted(HostRequest request)
    {
    }

    /// <summary>A request has its answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="code">The error code; 0 for a result.</param>
    void RequestFinished(HostRequest request, int code)
    {
    }

    /// <summary>A feature threw an exception. A request is answered with an error; a notification has no other effect.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="binding">The binding that it worked for.</param>
    /// <param name="exception">The exception.</param>
    void FeatureFailed(IHostFeature feature, HostBinding binding, Exception exception)
    {
    }

    /// <summary>A device was told that its link ends.</summary>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="reason">The reason, as the protocol has it.</param>
    /// <param name="comeBack"><see langword="true"/> when the binding survives.</param>
    void GoodbyeSent(string sessionId, string reason, bool comeBack)
    {
    }

    /// <summary>The host did not run for a while: its process was stopped, or its machine.</summary>
    /// <param name="late">The time by which something was late.</param>
    void HostStalled(TimeSpan late)
    {
    }

    /// <summary><see cref="RenderingHost.Crash"/> was called.</summary>
    void HostCrashed()
    {
    }

    /// <summary><see cref="RenderingHost.Restart"/> was called, or its time has come.</summary>
    /// <param name="comeBack"><see langword="true"/> when bindings survive.</param>
    void HostRestarting(bool comeBack)
    {
    }
}
