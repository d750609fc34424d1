using System.Text.Json;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>The receiving side.</summary>
internal sealed partial class HostLink
{
    /// <summary>Small, because an idle connection keeps the buffer.</summary>
    private const int ReceiveBytes = 2048;

    private bool _isBound;

    /// <summary>The execution context of the work of the link; <see langword="null"/> before it runs.</summary>
    private ExecutionContext? _flow;

    private async Task ReceiveAllAsync()
    {
        _flow = ExecutionContext.Capture();

        // Each part of a message is a sign of life: on a slow link a large message takes longer than the time-out of a silent host.
        var buffer = new PooledBuffer(ReceiveBytes, NoteReceived);
        try
        {
            while (!IsEnded)
            {
                buffer.Clear();
                RenderingMessageKind kind = await _transport.ReceiveAsync(buffer).ConfigureAwait(false);
                if (buffer.Length == 0)
                {
                    NoteReceived();
                }

                Handle(kind, buffer.Written);
            }
        }
        catch (Exception exception)
        {
            ConnectionFailure failure = ConnectionFailure.FromException(exception, RenderingConnectionReason.ConnectionLost);
            End(
                failure.Final is null ? FindGoodbye() ?? failure : failure,
                failure.Reason switch
                {
                    RenderingConnectionReason.ProtocolError => HostCloseCode.Malformed,
                    RenderingConnectionReason.MessageTooLarge => HostCloseCode.TooLarge,
                    _ => 0,
                });
        }
        finally
        {
            buffer.Release();
            Leave();
        }
    }

    private void NoteReceived() => Volatile.Write(ref _lastReceived, _time.GetTimestamp());

    private void Handle(RenderingMessageKind kind, ReadOnlySpan<byte> message)
    {
        if (IsEnded)
        {
            // Messages that were buffered when the link ended are dropped.
            return;
        }

        try
        {
            switch (kind)
            {
                case RenderingMessageKind.Text:
                    Handle(HostMessage.Parse(message), message.Length);
                    break;
                case RenderingMessageKind.Close:
                    End(
                        FindGoodbye(_transport.CloseCode) ?? HostClose.ToFailure(_transport.CloseCode, _transport.CloseReason),
                        HostCloseCode.Normal);
                    break;
                default:
                    HandleFrame(message);
                    break;
            }
        }
        catch (Exception exception) when (exception is FormatException || WireReader.IsBroken(exception))
        {
            End(
                new ConnectionFailure(
                    ConnectionTrigger.ProtocolBroken, RenderingConnectionReason.ProtocolError,
                    $"The host sent a malformed message: {exception.Message}", null, exception),
                HostCloseCode.Malformed);
        }
    }

    private void Handle(HostMessage message, int bytes)
    {
        if (message.Method != HostMessageMethod.None)
        {
            if (message.Method == HostMessageMethod.Progress && message.HasParameters)
            {
                (long id, double value) = HostMessageReader.ReadProgress(message.Parameters);
                _binding.FindProgressing(id, LastReceived)?.Progress(value);
            }
            else if (message.Method == HostMessageMethod.Goodbye)
            {
                OnGoodbye(message.HasParameters ? HostMessageReader.ReadGoodbye(message.Parameters)
                    : throw new FormatException("A goodbye must have parameters."));
            }
        }
        else if (!_isBound)
        {
            OnBindAnswer(message);
        }
        else
        {
            OnAnswer(message, bytes);
        }
    }

    private void OnBindAnswer(HostMessage message)
    {
        if (message.Id != 0)
        {
            throw new FormatException("The first answer must be the one to 'bind'.");
        }

        if (message.HasError)
        {
            End(HostMessageReader.ReadError(message.Error).ToRefusal(), HostCloseCode.Normal);
            return;
        }

        BindAnswer answer = HostMessageReader.ReadBindAnswer(message.Result);
        _isBound = true;
        _bound.TrySetResult(answer);
    }

    private void OnAnswer(HostMessage message, int bytes)
    {
        HostError? error = message.HasResult ? null : HostMessageReader.ReadError(message.Error);
        if (error is { Code: HostErrorCode.StaleEpoch })
        {
            // The host has not run it: this link is no longer its newest, and the close that follows contains the reason. The request is
            // sent again on the next link, or ends with the connection.
            return;
        }

        if (message.Id <= 0 || !_binding.TryTakeAnswered(message.Id, bytes, out HostRequest? request, out bool isAcknowledgementDue))
        {
            throw new FormatException("The id of an answer must be that of a request that was sent.");
        }

        if (message.HasResult)
        {
            Utf8JsonReader result = message.Result;
            request?.Complete(ref result);
        }
        else
        {
            request?.Fail(error!.ToRequestException());
        }

        if (isAcknowledgementDue)
        {
            DueKeepAlive();
            Pump();
        }
    }

    private void HandleFrame(ReadOnlySpan<byte> message)
    {
        if (!_isBound)
        {
            throw new FormatException("A binary message must not precede the answer to 'bind'.");
        }

        HostFrame frame = HostFrame.Parse(message);
        if (frame.Kind == HostFrameKind.Preview)
        {
            _binding.Part?.OnPicture(frame.Argument, frame.Id, frame.Payload);
            return;
        }

        if (!_binding.TryTakeAnswered(frame.Id, message.Length, out HostRequest? request, out bool isAcknowledgementDue))
        {
            throw new FormatException("The id of an answer must be that of a request that was sent.");
        }

        request?.CompleteBinary(frame.Payload);
        if (isAcknowledgementDue)
        {
            DueKeepAlive();
            Pump();
        }
    }

    private void OnGoodbye(Goodbye goodbye)
    {
        if (goodbye.After == TimeSpan.Zero)
        {
            End(goodbye.ToFailure(TimeSpan.Zero), HostCloseCode.Normal);
            return;
        }

        EndLater(goodbye);
    }
}
