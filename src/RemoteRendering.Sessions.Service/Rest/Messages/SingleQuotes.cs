namespace RemoteRendering.Sessions.Service.Rest.Messages;

/// <summary>
/// The one leniency of the service: the v1 documentation's own commands have bodies in single quotes, which the service took. Turns such a
/// body into JSON.
/// </summary>
internal static class SingleQuotes
{
    /// <summary>Gives the body with every single-quoted string in double quotes; other bodies come back as they are.</summary>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlyMemory<byte> body)
    {
        ReadOnlySpan<byte> source = body.Span;
        if (source.IndexOf((byte)'\'') < 0)
        {
            return body;
        }

        var json = new List<byte>(source.Length + 16);
        byte? quote = null;
        for (int i = 0; i < source.Length; i++)
        {
            byte current = source[i];
            if (quote is not null && current == '\\' && i + 1 < source.Length)
            {
                // \' has no meaning in JSON; every other escape stays.
                if (source[i + 1] != '\'')
                {
                    json.Add(current);
                }

                json.Add(source[++i]);
            }
            else if (quote is null)
            {
                bool opens = current is (byte)'\'' or (byte)'"';
                quote = opens ? current : null;
                json.Add(opens ? (byte)'"' : current);
            }
            else if (current == quote)
            {
                quote = null;
                json.Add((byte)'"');
            }
            else
            {
                if (current == '"')
                {
                    json.Add((byte)'\\');
                }

                json.Add(current);
            }
        }

        return json.ToArray();
    }
}
