import Because
