using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>
/// One attempt: address, token, link, bind. No request to the service precedes the dial if an address and a token are known.
/// </summary>
internal sealed partial class ConnectionRun
{
    private readonly object _attemptLock = new();
    private CancellationTokenSource? _attempt;
    private string? _cutBecause;
    private int _bindings;

    /// <summary>Establishes a link and binds it.</summary>
    /// <returns>The failure; <see langword="null"/> when there is a link now.</returns>
    private async Task<ConnectionFailure?> TryAttachAsync()
    {
        _planner.OnAttempt();
        bool takeOver = _options.BindPolicy == RenderingBindPolicy.TakeOver && _binding.Answer is null;
        TimeSpan full = takeOver ? _options.AttemptTimeout + _options.DrainTime : _options.AttemptTimeout;
        TimeSpan limit = full;
        if (_planner.GraceLeft is { } grace && grace < limit)
        {
            limit = grace > TimeSpan.Zero ? grace : TimeSpan.FromMilliseconds(1);
        }

        using CancellationTokenSource timeout = _environment.Time.CreateTimeout(limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stop.Token);
        HostLink? link = null;
        using System.Diagnostics.Activity? activity =
            ConnectionTelemetry.StartAttempt(_environment.SessionId, _planner.Attempts, _bindings == 0 ? _caller : default);
        BeginAttempt(either);
        try
        {
            RenderingTransportLink transport = await ConnectTransportAsync(either.Token).ConfigureAwait(false);
            link = new HostLink(transport, _binding, _environment.Time, _environment.Logger, _options.RequestTimeout);
            _foreign.Add(link.Finished);
            var request = new BindRequest(_environment.SessionId, _environment.Device)
            {
                TakeOver = takeOver,
                Drain = _options.DrainTime,
                Epoch = _binding.Answer?.Epoch ?? 0,
                Answered = _binding.Answered,
            };
            BindAnswer answer = await link.BindAsync(request, either.Token).ConfigureAwait(false);
            BindSequence.Check(_binding.Answer, answer);
            _bindings++;

            // The run owns the link from here on: an abandoned run ends the link in this field.
            Volatile.Write(ref _link, link);
            _binding.Attach(link, answer);
            return null;
        }
        catch (Exception exception)
        {
            _stop.Token.ThrowIfCancellationRequested();
            ConnectionFailure failure = timeout.IsCancellationRequested ? TookTooLong(limit, exception, isCutShort: limit < full)
                : EndAttempt() is { } because ? CutShort(because, exception)
                : link is { Completion.IsCompleted: true } ? await link.Completion.ConfigureAwait(false)
                : ConnectionFailure.FromException(exception, RenderingConnectionReason.HandshakeFailed);
            link?.End(failure, failure.Reason == RenderingConnectionReason.ProtocolError ? HostCloseCode.Malformed : 0);
            ConnectionTelemetry.EndAttempt(activity, failure.Reason);
            return failure;
        }
        finally
        {
            EndAttempt();
            if (_stop.IsCancellationRequested)
            {
                link?.End(new ConnectionFailure(null, RenderingConnectionReason.Cancelled, "The connection has ended."));
            }
        }
    }

    /// <summary>
    /// Creates the failure of an attempt that timed out. Its error describes the time-out and not how the parts of the attempt were
    /// cancelled.
    /// </summary>
    private static ConnectionFailure TookTooLong(TimeSpan limit, Exception exception, bool isCutShort)
    {
        var error =
            new RenderingConnectionException(RenderingConnectionReason.Timeout, $"The attempt took longer than {limit}.", null, exception);
        return new ConnectionFailure(null, error.Reason, error.Message, null, error) { IsCutShort = isCutShort };
    }

    private static ConnectionFailure CutShort(string because, Exception exception)
        => new(null, RenderingConnectionReason.HandshakeNetworkUnreachable, because, null, exception) { IsCutShort = true };

    private void BeginAttempt(CancellationTokenSource attempt)
    {
        lock (_attemptLock)
        {
            _attempt = attempt;
            _cutBecause = null;
        }
    }

    /// <summary>Ends the attempt, which cannot be cut short afterwards.</summary>
    /// <returns>The reason it was cut short, or null.</returns>
    private string? EndAttempt()
    {
        lock (_attemptLock)
        {
            _attempt = null;
            return _cutBecause;
        }
    }

    /// <summary>Cancels the running attempt, because another one has a better chance now.</summary>
    private void CutAttempt(string because)
    {
        CancellationTokenSource attempt;
        lock (_attemptLock)
        {
            if (_attempt is null || _cutBecause is not null)
            {
                return;
            }

            attempt = _attempt;
            _cutBecause = because;
        }

        try
        {
            attempt.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The attempt ended meanwhile.
        }
        catch (Exception exception)
        {
            // A callback that a transport has registered at its token may throw; the attempt ends nevertheless.
            ConnectionLog.OtherCallbackFailed(_environment.Logger, exception);
        }
    }

    private async Task<RenderingTransportLink> ConnectTransportAsync(CancellationToken cancellationToken)
    {
        // The environment and the transport may ignore the token: a cancelled attempt does not wait for them.
        Uri address =
            await Abandonable.WaitAsync(_environment.GetAddressAsync(cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
        string token =
            await Abandonable.WaitAsync(_environment.GetTokenAsync(cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
        var context = new RenderingTransportContext(address, token, _options.MaxMessageBytes);
        return await ForeignCall.RunAsync(
            attempt => _environment.Transport.ConnectAsync(context, attempt),
            cancellationToken,
            (connecting, cancelling) =>
            {
                _foreign.Add(AbortLateAsync(connecting));
                _foreign.Add(cancelling);
            }).ConfigureAwait(false);
    }

    private static async Task AbortLateAsync(Task<RenderingTransportLink> connecting)
    {
        try
        {
            RenderingTransportLink late = await connecting.ConfigureAwait(false);
            late.Abort();
        }
        catch (Exception)
        {
            // The attempt is already cancelled; its failure does not matter.
        }
    }
}
