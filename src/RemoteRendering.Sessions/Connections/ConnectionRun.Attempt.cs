namespace RemoteRendering.Sessions;

/// <summary>One attempt: address, token, link, bind.</summary>
internal sealed partial class ConnectionRun
{
    private int _bindings;

    /// <summary>Makes a link and binds it.</summary>
    /// <returns>Why it failed; <see langword="null"/> when there is a link now.</returns>
    private async Task<ConnectionFailure?> TryAttachAsync()
    {
        _planner.OnAttempt();
        bool takeOver = _options.BindPolicy == RenderingBindPolicy.TakeOver && _binding.Answer is null;
        TimeSpan limit = takeOver ? _options.AttemptTimeout + _options.DrainTime : _options.AttemptTimeout;
        if (_planner.GraceLeft is { } grace && grace < limit)
        {
            limit = grace > TimeSpan.Zero ? grace : TimeSpan.FromMilliseconds(1);
        }

        using CancellationTokenSource timeout = _environment.Time.CreateCancellationTokenSource(limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stop.Token);
        HostLink? link = null;
        using System.Diagnostics.Activity? activity = ConnectionTelemetry.StartAttempt(_environment.SessionId, _planner.Attempts, _bindings == 0 ? _caller : default);
        try
        {
            RenderingTransportLink transport = await ConnectTransportAsync(either.Token).ConfigureAwait(false);
            link = new HostLink(transport, _binding, _environment.Time, _environment.Logger);
            _leftovers.Add(link.Finished);
            var request = new BindRequest(_environment.SessionId, _environment.Device)
            {
                TakeOver = takeOver,
                Drain = _options.DrainTime,
                Epoch = _binding.Answer?.Epoch ?? 0,
                Answered = _binding.Answered,
            };
            BindAnswer answer = await link.BindAsync(request, either.Token).ConfigureAwait(false);
            _bindings++;

            // The link is ours to end from here on: an abandoned run ends what it finds in this field.
            Volatile.Write(ref _link, link);
            _binding.Attach(link, answer);
            return null;
        }
        catch (Exception exception)
        {
            _stop.Token.ThrowIfCancellationRequested();
            ConnectionFailure failure = timeout.IsCancellationRequested
                ? TookTooLong(limit, exception)
                : link is { Completion.IsCompleted: true } ? await link.Completion.ConfigureAwait(false)
                : ConnectionFailure.FromException(exception, RenderingConnectionReason.HandshakeFailed);
            link?.End(failure);
            _refresh = failure.Final is null && failure.Reason is not RenderingConnectionReason.AuthenticationFailed && failure.RetryAfter is null;
            ConnectionTelemetry.EndAttempt(activity, failure.Reason);
            return failure;
        }
        finally
        {
            if (_stop.IsCancellationRequested)
            {
                link?.End(new ConnectionFailure(null, RenderingConnectionReason.Cancelled, "The connection has ended."));
            }
        }
    }

    /// <summary>The error says so too: whoever asked for the connection sees that, and not how its parts were given up.</summary>
    private static ConnectionFailure TookTooLong(TimeSpan limit, Exception exception)
    {
        var error = new RenderingConnectionException(RenderingConnectionReason.Timeout, $"The attempt took longer than {limit}.", null, exception);
        return new ConnectionFailure(null, error.Reason, error.Message, null, error);
    }

    private async Task<RenderingTransportLink> ConnectTransportAsync(CancellationToken cancellationToken)
    {
        // What the environment and the transport do with the token is theirs: a cancelled attempt does not wait for them.
        Uri address = await _environment.GetAddressAsync(NeedsRefresh(), cancellationToken).AsTask()
            .WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        string token = await _environment.GetTokenAsync(cancellationToken).AsTask()
            .WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        Task<RenderingTransportLink> connecting = _environment.Transport.ConnectAsync(
            new RenderingTransportContext(address, token, _options.MaxMessageBytes), cancellationToken);
        try
        {
            return await connecting.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _leftovers.Add(AbortLateAsync(connecting));
            throw;
        }
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
            // The attempt is given up already; how it failed interests nobody.
        }
    }

    private bool NeedsRefresh()
    {
        long now = _environment.Time.GetTimestamp();
        if (!_refresh || (_refreshedAt is { } last && _environment.Time.GetElapsedTime(last, now) < RefreshEvery))
        {
            return false;
        }

        _refresh = false;
        _refreshedAt = now;
        return true;
    }
}
