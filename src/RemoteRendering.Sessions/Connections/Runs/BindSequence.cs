using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>Validates the answers to <c>bind</c> against earlier ones: epochs and links only increase.</summary>
internal static class BindSequence
{
    /// <summary>Validates an answer against the one before it.</summary>
    /// <exception cref="RenderingConnectionException">
    /// <see cref="RenderingConnectionReason.ProtocolError"/>: a number decreased.
    /// </exception>
    public static void Check(BindAnswer? before, BindAnswer answer)
    {
        if (before is null || answer.Epoch > before.Epoch)
        {
            return;
        }

        if (answer.Epoch < before.Epoch)
        {
            throw Broken($"The host answered 'bind' with epoch {answer.Epoch} after epoch {before.Epoch}; epochs must not decrease.");
        }

        if (!answer.Resumed)
        {
            throw Broken($"The host answered 'bind' with a new binding under epoch {answer.Epoch}, which it has already used.");
        }

        if (answer.Link <= before.Link)
        {
            throw Broken(
                $"The host answered 'bind' with link {answer.Link} after link {before.Link} of epoch {answer.Epoch}; links must increase.");
        }
    }

    private static RenderingConnectionException Broken(string message) => new(RenderingConnectionReason.ProtocolError, message);
}
