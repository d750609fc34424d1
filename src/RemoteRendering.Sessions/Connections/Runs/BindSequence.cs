using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>What an answer to <c>bind</c> may say after an earlier one: epochs and links only grow.</summary>
internal static class BindSequence
{
    /// <summary>Checks an answer against the one before it.</summary>
    /// <exception cref="RenderingConnectionException"><see cref="RenderingConnectionReason.ProtocolError"/>: the host goes back in its numbers.</exception>
    public static void Check(BindAnswer? before, BindAnswer answer)
    {
        if (before is null || answer.Epoch > before.Epoch)
        {
            return;
        }

        if (answer.Epoch < before.Epoch)
        {
            throw Broken($"The host answered 'bind' with epoch {answer.Epoch} after epoch {before.Epoch}; epochs only grow.");
        }

        if (!answer.Resumed)
        {
            throw Broken($"The host answered 'bind' with a new binding under epoch {answer.Epoch}, which it has used already.");
        }

        if (answer.Link <= before.Link)
        {
            throw Broken($"The host answered 'bind' with link {answer.Link} after link {before.Link} of epoch {answer.Epoch}; links only grow.");
        }
    }

    private static RenderingConnectionException Broken(string message) => new(RenderingConnectionReason.ProtocolError, message);
}
