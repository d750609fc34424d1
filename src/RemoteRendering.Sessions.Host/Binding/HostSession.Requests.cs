using System.Text.Json;
using RemoteRendering.Sessions.Host.Links;
using RemoteRendering.Sessions.Host.Messages;
using RemoteRendering.Sessions.Host.Requests;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host.Binding;

/// <content>What bound devices ask for. Each request runs once.</content>
internal sealed partial class HostSession
{
    /// <summary>Decides about a frame that arrived on a link. Nothing of a link that is not the holder's newest has any effect.</summary>
    public FrameVerdict Receive(HostConnection connection, HostBinding binding, InboundFrame frame, out HostRequest? cancelled)
    {
        cancelled = null;
        lock (_gate)
        {
            bool isCurrent = IsCurrent_NeedsLock(connection);
            if (!isCurrent && binding.HasCrashed)
            {
                // A host that fails sends no answer; the cut follows.
                return FrameVerdict.Done;
            }

            if (!isCurrent)
            {
                host.Journal.FrameFenced(binding, connection.LinkNumber, frame.Method, frame.Id);
                return FrameVerdict.Fenced;
            }

            return frame.Id is { } id
                ? ReceiveRequest_NeedsLock(connection, binding, id, frame)
                : ReceiveNotification_NeedsLock(binding, frame, out cancelled);
        }
    }

    /// <summary>Starts the waiting requests of a binding in order, unless another thread is doing that.</summary>
    /// <param name="binding">The binding.</param>
    /// <param name="caller">The link whose loop flushes after this call; answers on other links are flushed here.</param>
    public void StartWaiting(HostBinding binding, HostConnection caller)
    {
        bool isStarting = false;
        while (true)
        {
            HostRequest? request;
            lock (_gate)
            {
                if (!isStarting && binding.IsStarting)
                {
                    return;
                }

                if (binding.HasEnded || !binding.Waiting.TryDequeue(out request))
                {
                    binding.IsStarting = false;
                    return;
                }

                isStarting = binding.IsStarting = true;
                request.HasStarted = true;
                host.Journal.RequestStarted(request);
            }

            Start(request, caller);
        }
    }

    /// <summary>Tells the client something about a request that still runs; without a link it is not told.</summary>
    public void Notify(HostRequest request, byte[] frame)
    {
        HostConnection? link;
        lock (_gate)
        {
            link = !request.Binding.HasEnded && request.Binding.Requests.TryGetRunning(request.Id, out _)
                ? request.Binding.Connection
                : null;
            link?.Outbox.Post(frame);
        }

        if (link is not null)
        {
            host.Background.Add(link.Outbox.FlushAsync());
        }
    }

    /// <summary>Whether a binding has a link on which nothing waits.</summary>
    public bool IsIdle(HostBinding binding)
    {
        lock (_gate)
        {
            return !binding.HasEnded && binding.Connection is { Outbox.IsIdle: true };
        }
    }

    /// <summary>Tells the client something it can do without; false when it was dropped, because there is no link or it is busy.</summary>
    public bool NotifyIfIdle(HostBinding binding, OutboundFrame frame)
    {
        HostConnection? link;
        lock (_gate)
        {
            link = binding.HasEnded ? null : binding.Connection;
            if (link is null || !link.Outbox.PostIfIdle(frame))
            {
                return false;
            }
        }

        host.Background.Add(link.Outbox.FlushAsync());
        return true;
    }

    private FrameVerdict ReceiveRequest_NeedsLock(HostConnection connection, HostBinding binding, long id, InboundFrame frame)
    {
        if (id == 0 || frame.Method == HostMethods.Bind)
        {
            connection.Outbox.Post(HostFrames.Error(id, HostErrorCode.InvalidRequest, "This link is bound already.", "InvalidRequest"));
            return FrameVerdict.Malformed;
        }

        RequestAdmission admission = binding.Requests.Admit(id, out OutboundFrame answer);
        switch (admission)
        {
            case RequestAdmission.New when binding.Requests.IsOverfull:
                // Not taken in: after a resume it would stand in the way of those behind it and never be started.
                return FrameVerdict.Malformed;
            case RequestAdmission.New:
                var request = new HostRequest(this, binding, id, frame);
                binding.Requests.Start(request);
                binding.Waiting.Enqueue(request);
                return FrameVerdict.Start;
            case RequestAdmission.Finished:
                connection.Outbox.Post(answer);
                return FrameVerdict.Send;
            case RequestAdmission.Gap:
                return FrameVerdict.Malformed;
            default:
                return FrameVerdict.Done;
        }
    }

    private static FrameVerdict ReceiveNotification_NeedsLock(HostBinding binding, InboundFrame frame, out HostRequest? cancelled)
    {
        cancelled = null;
        try
        {
            if (frame.Method == HostMethods.KeepAlive && ReadNumber(frame.Parameters, "answered"u8) is { } answered)
            {
                binding.Requests.Acknowledge(answered);
            }
            else if (frame.Method == HostMethods.Cancel && ReadNumber(frame.Parameters, "id"u8) is { } id)
            {
                binding.Requests.TryGetRunning(id, out cancelled);
            }
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair.
            return FrameVerdict.Malformed;
        }

        return FrameVerdict.Done;
    }

    private void Start(HostRequest request, HostConnection caller)
    {
        if (request.Method == HostMethods.Unbind)
        {
            Unbind(request);
            return;
        }

        if (host.FindFeature(request) is not { } feature)
        {
            Finish(request, HostAnswer.MethodNotFound(request.Method), caller);
            return;
        }

        ValueTask<HostAnswer> running = InvokeAsync(feature, request);
        if (running.IsCompletedSuccessfully)
        {
            Finish(request, running.GetAwaiter().GetResult(), caller);
            request.Recycle();
        }
        else
        {
            host.Background.Add(FinishLaterAsync(request, running));
        }
    }

    private async ValueTask<HostAnswer> InvokeAsync(IHostFeature feature, HostRequest request)
    {
        try
        {
            return await feature.InvokeAsync(request).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return HostAnswer.Cancelled;
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                host.Journal.FeatureFailed(feature, request.Binding, exception);
            }

            return HostAnswer.Error(HostErrorCode.Internal, exception.Message, "InternalError");
        }
    }

    private async ValueTask FinishLaterAsync(HostRequest request, ValueTask<HostAnswer> running)
    {
        HostAnswer answer = await running.ConfigureAwait(false);
        Finish(request, answer, caller: null);
        request.Recycle();
    }

    private void Finish(HostRequest request, HostAnswer answer, HostConnection? caller)
    {
        OutboundFrame frame = answer.ToFrame(request.Id);
        HostConnection? link;
        lock (_gate)
        {
            if (request.Binding.HasEnded || !request.Binding.Requests.Finish(request.Id, frame))
            {
                return;
            }

            host.Journal.RequestFinished(request, answer.Code);
            link = request.Binding.Connection;
            link?.Outbox.Post(frame);
        }

        if (link is not null && link != caller)
        {
            host.Background.Add(link.Outbox.FlushAsync());
        }
    }

    private void Unbind(HostRequest unbind)
    {
        var effects = new HostEffects(host);
        lock (_gate)
        {
            HostBinding binding = unbind.Binding;
            if (binding.HasEnded)
            {
                return;
            }

            HostConnection? link = binding.Connection;
            foreach (
                HostRequest running in binding.Requests.Running.Where(running => running != unbind).OrderBy(running => running.Id)
                    .ToArray())
            {
                FinishAtUnbind_NeedsLock(running, HostAnswer.Cancelled, link);
                effects.Cancel(running);
            }

            FinishAtUnbind_NeedsLock(unbind, HostAnswer.Empty, link);
            if (link is not null)
            {
                link.PostEnd(goodbye: null, HostCloseCode.Normal);
                effects.Flush(link);
            }

            End_NeedsLock(binding, "unbound", effects);
            if (_takeOver is { } takeOver)
            {
                FinishTakeOver_NeedsLock(takeOver, effects);
            }
        }

        host.Background.Add(effects.RunAsync());
    }

    private void FinishAtUnbind_NeedsLock(HostRequest request, HostAnswer answer, HostConnection? link)
    {
        OutboundFrame frame = answer.ToFrame(request.Id);
        if (request.Binding.Requests.Finish(request.Id, frame))
        {
            if (request.HasStarted)
            {
                host.Journal.RequestFinished(request, answer.Code);
            }

            link?.Outbox.Post(frame);
        }
    }

    private static long? ReadNumber(ReadOnlyMemory<byte> parameters, ReadOnlySpan<byte> name)
    {
        if (parameters.IsEmpty)
        {
            return null;
        }

        // The frame has been parsed, so this is JSON; only its shape is open.
        var reader = new Utf8JsonReader(parameters.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isMatch = reader.ValueTextEquals(name);
            reader.Read();
            if (isMatch && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value))
            {
                return value;
            }

            reader.Skip();
        }

        return null;
    }
}
