/**
 * The completion for bash, from 3.2 on, without the package bash-completion. Nothing of the command line or of the
 * answer is ever evaluated. bash breaks words at `=`, `:` and `@` as well and replaces what stands behind the last break.
 */
export const BASH_SCRIPT = `# bash completion for countersign

_countersign() {
  local line=\${COMP_LINE:0:COMP_POINT} word i value rest directive=0
  local -a words=()
  line=\${line#*"\${COMP_WORDS[0]}"}
  for ((i = 1; i <= COMP_CWORD; i++)); do
    if [[ $line == [[:space:]]* || \${#words[@]} -eq 0 ]]; then
      line=\${line#"\${line%%[![:space:]]*}"}
      words+=("")
    fi
    if ((i == COMP_CWORD)); then word=$line; else word=\${COMP_WORDS[i]}; fi
    words[\${#words[@]}-1]+=$word
    line=\${line#"$word"}
  done
  local current=\${words[\${#words[@]}-1]} flag=
  [[ $current == --*=* ]] && flag=\${current%%=*}=
  local breaks=$current
  while [[ -n $breaks && $COMP_WORDBREAKS != *"\${breaks:\${#breaks}-1}"* ]]; do breaks=\${breaks%?}; done
  # This one stays with the word that it begins.
  breaks=\${breaks%@}

  COMPREPLY=()
  while IFS=$'\\t' read -r value rest; do
    if [[ $value == :[0-9]* ]]; then
      directive=\${value#:}
    elif [[ $flag$value == "$current"* ]]; then
      value=$flag$value
      COMPREPLY+=("\${value#"$breaks"}")
    fi
  done < <("\${COMP_WORDS[0]}" complete -- "\${words[@]}" 2>/dev/null)

  if ((directive == 0)); then
    compopt -o filenames 2>/dev/null
    while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "\${current#"$breaks"}")
  fi
}

complete -F _countersign countersign
`;
