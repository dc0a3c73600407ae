"""Usage and help texts of argparse."""
import os
import re
from _argparse_actions import ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE, BooleanOptionalAction


class HelpFormatter:
    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None):
        if width is None:
            width = int(os.environ.get('COLUMNS') or 80) - 2
        self._prog, self._increment, self._width = prog, indent_increment, width
        self._max_help_position = min(max_help_position, max(width - 20, indent_increment * 2))

    # --- usage ---

    def format_usage(self, parser):
        return self._usage(parser, 'usage: ') + '\n'

    def _usage(self, parser, prefix):
        if parser.usage is not None:
            return prefix + parser.usage % {'prog': self._prog}
        options = [a for a in parser._actions if a.option_strings]
        positionals = [a for a in parser._actions if not a.option_strings]
        text = ' '.join(t for t in (self._prog, self.usage_text(parser, options + positionals, None)) if t)
        width = self._width
        if len(prefix) + len(text) <= width:
            return prefix + text
        option_parts = self._parts(parser, options)
        positional_parts = self._parts(parser, positionals)

        def lines_of(parts, indent, lead=None):
            lines, line = [], []
            length = (len(lead) if lead is not None else len(indent)) - 1
            for part in parts:
                if length + 1 + len(part) > width and line:
                    lines.append(indent + ' '.join(line))
                    line, length = [], len(indent) - 1
                line.append(part)
                length += len(part) + 1
            if line:
                lines.append(indent + ' '.join(line))
            if lead is not None:
                lines[0] = lines[0][len(indent):]
            return lines

        if len(prefix) + len(self._prog) <= 0.75 * width:
            indent = ' ' * (len(prefix) + len(self._prog) + 1)
            if option_parts:
                lines = lines_of([self._prog] + option_parts, indent, prefix)
                lines.extend(lines_of(positional_parts, indent))
            elif positional_parts:
                lines = lines_of([self._prog] + positional_parts, indent, prefix)
            else:
                lines = [self._prog]
        else:
            indent = ' ' * len(prefix)
            lines = lines_of(option_parts + positional_parts, indent)
            if len(lines) > 1:
                lines = lines_of(option_parts, indent) + lines_of(positional_parts, indent)
            lines = [self._prog] + lines
        return prefix + '\n'.join(lines)

    def usage_text(self, parser, actions, _):
        return ' '.join(self._parts(parser, actions))

    def _parts(self, parser, actions):
        groups = {}
        for group in parser._mutually_exclusive_groups:
            members = group._group_actions
            if members and members[0] in actions:
                at = actions.index(members[0])
                if actions[at:at + len(members)] == members:
                    groups[at] = group
        parts, i = [], 0
        while i < len(actions):
            if i in groups:
                group = groups[i]
                inner = [self._part(a, group.required, True) for a in group._group_actions if a.help is not SUPPRESS]
                if inner:
                    joined = ' | '.join(inner)
                    if group.required:
                        parts.append('(' + joined + ')' if len(inner) > 1 else joined)
                    else:
                        parts.append('[' + joined + ']')
                i += len(group._group_actions)
                continue
            if actions[i].help is not SUPPRESS:
                parts.append(self._part(actions[i], actions[i].required, False))
            i += 1
        return parts

    def _part(self, action, required, in_group):
        if not action.option_strings:
            default = self._default_metavar_positional(action)
            text = self._args(action, default)
            if in_group and text[:1] == '[' and text[-1:] == ']':
                text = text[1:-1]
            return text
        option = action.option_strings[0]
        text = action.format_usage() if action.nargs == 0 else '%s %s' % (option, self._args(action, self._default_metavar(action)))
        return text if required or in_group else '[%s]' % text

    def _default_metavar(self, action):
        return action.dest.upper()

    def _default_metavar_positional(self, action):
        return action.dest

    def _metavar(self, action, default):
        if action.metavar is not None:
            result = action.metavar
        elif action.choices is not None:
            result = '{%s}' % ','.join(str(c) for c in action.choices)
        else:
            result = default
        return lambda n: result if isinstance(result, tuple) else (result,) * n

    def _args(self, action, default):
        metavar, nargs = self._metavar(action, default), action.nargs
        if nargs is None:
            return '%s' % metavar(1)
        if nargs == OPTIONAL:
            return '[%s]' % metavar(1)
        if nargs == ZERO_OR_MORE:
            names = metavar(1)
            return '[%s [%s ...]]' % names if len(names) == 2 else '[%s ...]' % names
        if nargs == ONE_OR_MORE:
            return '%s [%s ...]' % metavar(2)
        if nargs == REMAINDER:
            return '...'
        if nargs == PARSER:
            return '%s ...' % metavar(1)
        if nargs == SUPPRESS:
            return ''
        return ' '.join(['%s'] * nargs) % metavar(nargs)

    # --- help ---

    def format_help(self, parser):
        parts = [self._usage(parser, 'usage: ') + '\n\n', self._text(parser.description)]
        sections = []
        for group in parser._action_groups:
            actions = [a for a in group._group_actions if a.help is not SUPPRESS]
            if actions or group.description:
                sections.append((group, actions))
        longest = 0
        for _, actions in sections:
            for action in actions:
                longest = max(longest, len(self._invocation(action)) + self._increment)
                for sub in getattr(action, '_choices_actions', ()):
                    longest = max(longest, len(self._invocation(sub)) + 2 * self._increment)
        self._help_position = min(longest + 2, self._max_help_position)
        for group, actions in sections:
            body = self._text(group.description, self._increment) + ''.join(self._action(a, self._increment) for a in actions)
            title = '%s:\n' % group.title if group.title not in (None, SUPPRESS) else ''
            parts.append('\n' + title + body + '\n')
        parts.append(self._text(parser.epilog))
        return re.sub('\n\n\n+', '\n\n', ''.join(parts)).strip('\n') + '\n'

    def _text(self, text, indent=0):
        if not text or text is SUPPRESS:
            return ''
        if '%(prog)' in text:
            text = text % {'prog': self._prog}
        return self._fill(text, max(self._width - indent, 11), ' ' * indent) + '\n\n'

    def _fill(self, text, width, indent):
        import textwrap
        return textwrap.fill(' '.join(text.split()), width, initial_indent=indent, subsequent_indent=indent)

    def _split(self, text, width):
        import textwrap
        return textwrap.wrap(' '.join(text.split()), width)

    def _invocation(self, action):
        if not action.option_strings:
            return ' '.join(self._metavar(action, self._default_metavar_positional(action))(1))
        if action.nargs == 0:
            return ', '.join(action.option_strings)
        args = self._args(action, self._default_metavar(action))
        return ', '.join('%s %s' % (o, args) for o in action.option_strings)

    def _action(self, action, indent):
        position = self._help_position
        room = position - indent - 2
        head = self._invocation(action)
        text = self._expand(action) if action.help and action.help.strip() else ''
        if not text:
            out = ' ' * indent + head + '\n'
        else:
            lines = self._split(text, max(self._width - position, 11))
            if len(head) <= room:
                out = ' ' * indent + head.ljust(room) + '  ' + lines[0] + '\n'
                lines = lines[1:]
            else:
                out = ' ' * indent + head + '\n'
            out += ''.join(' ' * position + line + '\n' for line in lines)
        for sub in getattr(action, '_choices_actions', ()):
            out += self._action(sub, indent + self._increment)
        return out

    def _help_string(self, action):
        return action.help

    def _expand(self, action):
        values = {k: v for k, v in vars(action).items() if v is not SUPPRESS}
        values['prog'] = self._prog
        for name, value in list(values.items()):
            if hasattr(value, '__name__'):
                values[name] = value.__name__
        if values.get('choices') is not None:
            values['choices'] = ', '.join(str(c) for c in values['choices'])
        return self._help_string(action) % values


class RawDescriptionHelpFormatter(HelpFormatter):
    def _fill(self, text, width, indent):
        return ''.join(indent + line for line in text.splitlines(keepends=True))


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    def _split(self, text, width):
        return text.splitlines()


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    def _help_string(self, action):
        text = action.help or ''
        if '%(default)' not in text and action.default is not SUPPRESS and \
                (action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE)) and not isinstance(action, BooleanOptionalAction):
            text += ' (default: %(default)s)'
        return text


class MetavarTypeHelpFormatter(HelpFormatter):
    def _default_metavar(self, action):
        return action.type.__name__

    def _default_metavar_positional(self, action):
        return action.type.__name__
